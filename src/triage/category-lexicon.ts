/**
 * What words speak of, in French and English under the same names, so that what is learnt from the one serves the other
 * and a word no example holds still says something. Folded: lower case, no accents. `word*` stands for every word that
 * begins so (at least four letters). Apostrophes part words: `n't` is `t`.
 */

/** Words that deny what follows them. */
export const negators =
  'pas jamais aucun aucune sans ni rien guere not t never no without nor neither nothing hardly none nobody'

export const french: Readonly<Record<string, string>> = {
  they: 'ils elles leur leurs',
  me: 'je j mon ma mes moi nous notre nos',
  you: 'vous votre vos',
  injury:
    'fracture arcade hanche disloqu* dechir* luxation sourcil pansement bless* blessure coupure coupe coupee entaill* saign* sang plaie bosse bleus ecchymos* hematome foulur* entorse fractur* casse cassee plaie brulur* ebouillant* cicatrice cicatrices morsure mordu mordue griff* assomm* evanoui* malaise douleur douleurs mal boite boiter traumatis* commotion electrocut* noyade noye noyee etouff* etrangl* irritation irrite cloque cloques rougeur rougeurs enfl* gonfl* boursoufl* plaques',
  body: 'main mains doigt doigts pouce bras jambe jambes pied pieds genou genoux cheville poignet dos nuque cou tete front crane visage joue joues bouche levre levres langue gorge dent dents molaire oeil yeux paupiere paupieres peau ventre estomac poumon poumons oreille oreilles nez cheveux dos epaule hanche cote cotes cuir',
  ill: 'palpit* halluc* patraque* tripes aigreur* demang* gratt* avale avaler suffo* larve* cystite antibio* bouton boutons degueul* toilettes malade* vomi* diarrhee gastro intoxic* nausee* fievre crampes symptome* infection infect* salmonel* listeria bacterie* toxique* empoisonn* coliques indigest* vertige* migraine* asthme asthmatique toux touss* respir* contamin* microbe* parasite* puces punaise punaises gale poux virus maladie',
  allergy:
    'allergi* gluten coeliaque lactose arachide* cacahuete* noisette* noix sesame crustace* anaphyla* urticaire epipen oeuf soja trace traces lait intoler*',
  hazard:
    'verre eclat eclats clou clous vis agrafe aiguille lame lames metal metallique ferraille plastique moisi* moisissure* asticot* ver cafard* blatte* rat rats souris cheveu insecte insectes mouche amiante plomb arsenic chlore javel pointe pointu tranchant echarde corrosif solvant acide petard',
  fire: 'crepit* fumait arc allumette* mortier etincelait roussie feu flamme* incendi* brul* fume* crame* etincelle* court-circuit surchauff* explos* batterie batteries chargeur prise roussi noirci* fondu fond extincteur* pompier* detecteur detecteurs alarme electri* fil fils denud* disjoncteur carbonis* chauff*',
  gas: 'gaz fuite odeur monoxyde chaudiere carbone intoxique citerne bonbonne vapeur vapeurs emanation*',
  collapse:
    'devisse devissee cadenass* mousqueton decroche decrochee pedale ecrou ecrous pendu chutee effondr* ecroul* tomb* chute* gliss* bascul* decroch* detach* lache lachee ceder cede rompu rupture plafond echafaud* rampe barriere garde-corps echelle marche marches trou bloque frein freins pneu roue coince coincee ascenseur balcon sol verglas derape* renvers*',
  emergency:
    'chu samu radio rayons perfusion antibio* chirurg* operation opere operee irm secouru evacuation soins urgence* ambulance* samu pompiers hopital clinique suture* points platre medecin docteur infirmier* secours reanimation veto veterinaire pharmacie antipoison ceinture issue issues evacu* sauveteur surveillant',
  child:
    'enfant* bebe* fils fille petit petite gamin* gosse* nourrisson* ado ados eleve* creche ecole maternelle biberon poussette mamie papi grand-mere grand-pere grand mere enceinte jumeaux jumelles neveu niece',
  animal:
    'chien* chat chats chaton* chiot* cheval chevaux poney lapin croquette* toilettage laisse bete betes animal animaux',
  dead: 'mort* mourir meurt deced* deces cadavre tue tuer tuee morte noye euthanasi* enterr* obseques',
  account:
    'compte* connexion connect* session identifiant* login mot passe mdp espace profil* inscri* code codes application appli site portail mail mails email sms message* boite adresse adresses newsletter',
  privacy:
    'cv bilan* registre tension analyse* authentification casier donnees personnel* confidential* rgpd cnil dossier* fichier* coordonnees nom noms prenom* numero* naissance medical* ordonnance* bulletin* facture* carte iban rib bancaire* passeport identite photo* scan* liste* tableur excel copie cci destinataire* releve*',
  leak: 'copie broyeur dechets armoire cahier brouillon devine efface effacee ferraille fuite* fuit* pirat* hack* vol vole* usurp* intrus* faille* expose* public publique accessible visible visibles affich* voir vois vu google internet darknet revend* circul* ouvert* poubelle* lien url',
  others:
    'autre* quelqu autrui inconnu* client* clientes voisin* tiers patient* abonne* locataire* adherent* autres',
  phishing:
    'phishing hameconn* arnaque* faux fausse spam* spams frauduleux frauduleuse colis livraison sms appel* telephon* technicien demarch* lien cliquez cliquer clique virement',
  weapon:
    'batte couteau* fusil* arme* essence allumette* bidon cocktail molotov pavé pave brique* barre marteau cutter poing poings baffe* gifle* claque* matraque balle balles bombe* hache masse tronconneuse',
  violence:
    'peur brule brulee tremblez enterr* cimetiere noyer noyes menace regrett* trembler sang tuer tue buter bute crever creve crame cramer bruler brule flamber peter pete casser casse defonc* fracass* saut* exploser massacr* frapp* cogn* taper tabass* peau payer paierez paiera regler regle compte detruire sacc* vitrine* vitres carreaux pneus incendier',
  coming:
    'viens venir vient viendr* debarqu* arrive arriv* passe passer attend* attends attendrai retrouv* trouverai trouver cherch* rendez-vous sortie parking porte portail soir nuit matin demain samedi ce dimanche voit verra verrez bientot',
  watching:
    'gare garee garé derriere volets canal footing court tournee horaires quitte rentre rentrez seule calme coin regarde regarder adresse habite* habites domicile rue maison ecole plaque voiture horaire* suivi* suis suivre guett* surveill* connais connait sais savons sait ou gosse* photo* portail immatricul* fenetre ferme fermeture',
  impersonation:
    'faux fausse fausses usurp* copie* imit* page* compte* profil* logo nom site concours gagn* gagnant* tirage lot bon bons cadeau offre* emploi poste recrut* annonce* whatsapp telegram instagram facebook clone* sosie vrai officiel* officielle pretend* passer',
  staff:
    'vendeur* vendeuse* serveu* caissier* employe* agent agents technicien* livreur* chauffeur* infirmier* medecin docteur prof professeur* moniteur* coach* entraineur* gardien* vigile* receptionniste hotesse gerant* patron* responsable* directeur directrice conseiller* conseillere* controleur* masseur* kine coiffeur* coiffeuse* barman manager formateur* animateur* educateur* aide-soignant* aide dentiste banquier guichetier* surveillant* ouvrier* plombier steward monsieur dame',
  origin:
    'arabe* noir* noire* noirs blanc blanche blancs africain* asiatique* chinois* maghreb* juif* juive* musulman* voile voilee foulard origine* accent etranger* etrangere* race racis* couleur peau nom prenom consonance gitan* rom roms turc* bled pays religion kippa hijab',
  minority:
    'handicap* fauteuil roulant sourd* malentendant* aveugle* autis* gay homo* lesb* trans pede* couple deux femmes hommes genre sexis* sexe gros grosse obese* vieux vieille agee* discrimin* dys trisom* chien-guide canne begu*',
  harass:
    'touch* main mains fesses cuisse cuisses seins poitrine decollete jupe robe regard* siffl* drague* mignonne cherie belle jolie sexuel* attouchement* harcel* colle collee insist* deshabill* nue vestiaire vestiaires douche cabine numero seule corps frole* caress* embrass* baiser clin',
  humiliate:
    'humili* moqu* rire ri riait rigol* riait devant insult* trait* idiot* imbecile* debile* honte pleur* larmes ridicul* crie criait hurl* gueul* singe imit* imite rabaiss* meprise mepris* menace* pousse poussee bouscul* secou* frapp* gifl* jete attrape attrapee serre enferm* degage surnom* grossier* vulgaire doigt doigts',
  remark:
    'dit lance lache repondu traite demande retourn* commentaire* remarque* blague* ricane* chuchot* souffle ose glisse balance gens comme vous',
  workplace:
    'travail* boulot bosse* bosser equipe* collegue* manager* chef* cheffe patron* direction rh hierarchie management boite entreprise usine entrepot atelier bureau open-space open-space pause* planning* poste postes service services roulement horaire* vestiaire reunion* objectif* magasin cuisine plonge equipe caisse saison* saisonnier*',
  pay: 'paie paye payes salaire* smic fiche heures supp sup supplementaires prime* pourboire* augmentation treizieme mutuelle conge* rtt indemn* impaye* verse versees virement remuner* euros net brut defraye',
  contract:
    'cdd cdi contrat* interim* interimaire* stage* stagiaire* alternan* apprenti* apprentissage essai embauch* recrut* candidat* candidature* entretien cv demission* licenci* vire viree renvoy* rupture prud* preavis poste ancien ancienne ex quitt* parti partie promotion',
  burnout:
    'burn out burnout arret* epuis* fatigue* stress* pression craqu* pleur* depress* surcharge* turnover harcel* anxiete cadence* cadences rythme dormi dors malade boule ventre toxique peur mepris reconnaissance',
  removal:
    'supprim* retir* efface* enlev* disparai* disparait modifi* chang* publi* post* poste avis note* commentaire* etoile* silence tair* tais taire tairai oublie* oublier oublierai parler raconter video temoignage',
  bargain:
    'contre echange sinon sans quoi condition geste arrang* arrangement deal accord propose proposition virement versez verser envoyez offrez offrir offert offerte gratuit* gratuite cadeau* bon remise nuit sejour rembours* payez payer paie euros billets chacun interet choix choisir tarif forfait monnaie crypto bitcoin',
  audience:
    'abonne* followers audience communaut* million* mille vues influenc* groupe* reseau* reseaux partag* relay* tweet* hashtag lien liens mobilis* ensemble tous toutes rejoign* opération operation raid* couler coulez coulons descend* pourrir pourrissez inond* spam* masse massiv*',
  deadline:
    'avant jusqu delai heures h lundi mardi mercredi jeudi vendredi samedi dimanche midi minuit demain soir semaine matin dernier derniere bouclage',
  rating:
    'avis etoile* note* notes notation commentaire* evaluation* critique* google tripadvisor trustpilot page fiche moyenne temoignage* review* cinq une 5 1',
  fakeness:
    'faux fausse* achete* acheter bidon* identique* copie* colle* coller meme mot pseudo* profil* robot* bot bots compte* cree* creer concurren* concurrent* famille cousin* jamais venu venue mis pieds client cliente preuve verifie verifier inconnu* lot rafale date dates rien acheter commande*',
  rival:
    'mieux plutot allez essayez optez preferez direct concurren* face cote autre chez tellement meilleur* recommande moins pro pros serieux eux testez choisissez foncez',
  mistake:
    'erreur trompe* confond* mauvais* autre page adresse ville rue bonne magasin restaurant hotel coiffeur metier vend vendons faisons proposons service rayon',
  theft:
    'vole* vol vols voleur* voleuse* detourn* pioch* puis* caisse poche* empoch* encaiss* debit* preleve* siphon* recel* butin arnaqu* escro* fraud* fraude* malhonn* filou* truand* voyou* mafia blanchi* liquide black noir',
  falsify:
    'fausse* fausses faux falsif* trafiqu* trafic antidat* gonfl* maquill* compteur truqu* bidon* etiquet* reetiquet* repack* tromp* menti* ment mensong* mentir pretend* label* bio certif* contrefa* contrefacon copie* signature* imit* invent* fictif* fictive* fantome* facture* factur* devis',
  bribe:
    'pot vin pots enveloppe* dessous table commission* marche* appel offres elu* maire adjoint neveu beau-frere cousin favorit* copin* pistonn* corromp* corruption conflit interets inspecteur* controle controles prevenu cadeau* panier* subvention* truque',
  evidence:
    'preuve* papiers document* main capture* photo* numeros temoin* enregistr* labo laboratoire analyse* expert* huissier comptable facture* dossier mails courrier* confirm* montre* avoue vu serie',
  justice:
    'plainte* police gendarm* tribunal justice avocat* procureur juge* proces enquete* dgccrf inspection condamn* mise examen prison perquisition signal* fisc impot* urssaf douane*',
  coverup:
    'cach* dissimul* etouff* savaient savait sait silence taire ordre detruit* destruc* effac* nier nie vendu continu* quand meme depuis longtemps personne dit clause',
  luxury:
    'yacht villa* porsche camping-car bateau piscine voiture maison vacances voyage rolex chalet 4x4 berline',
  press:
    'journalist* redac* redaction article* papier reportage* enquete* interview* radio tele television france 3 chaine emission* podcast* magazine quotidien* hebdo* presse gazette blog* blogueu* portrait chronique tribune droit reponse reaction reagir repondre commentaire declar* citation citer off antenne diffus* parution paraitre parait edition publi* bouclage sujet documentaire tournage camera micro numero lecteur* porte-parole dossier temoignage temoignages',
  asking:
    'contact* joindre souhait* merci pourriez pouvez pourrait question* sollicit* demande* reponse attend* disponible* echanger recueillir version point vue accepter accept*',
  hearsay:
    'parait semble semblerait apparemment entendu entends lu dit disent raconte* racont* affirme* affirm* rumeur* bruit selon voisin voisine collegue beau-frere cousin tonton forum groupe commentaire vu passer sait su appris croyais croire crois pense penser savez saviez renseign* source wikipedia quelqu certain sur fois',
  change:
    'ferme* ferment fermer fermeture rouvr* demenag* rachet* rachat vendu* vendue vendent cede* repris* reprise fusion* fusionn* liquid* faillite depot bilan redressement appartient groupe filiale actionnaire* delocalis* suppr* arrete* arretent remplac* quitt* licenci* transfer*',
  figure:
    'pourcent % pour cent milliers million* annee* ans depuis 1987 fonde* fondee* cree* creee* date prix tarif coute double augment* hausse* km metres kilo* litres grammes taux',
  provenance:
    'fabriqu* made chine chinois* pologne portugal espagne espagnol* maroc turquie roumanie italie etranger import* importe* origine local locale locaux usine surgel* congel* industriel* palme sucre additif* ogm bio sans artisan* maison composition ingredient* contient lait viande halal',
  correction:
    'erreur faux fausse* exact* inexact* rectif* corrig* trompe* contraire realite verite actualis* jour verifi* precision info infos information',
  opinion:
    'trouve trouver pense avis humble selon prefere* preferer prefer* crois estime considere dommage regrett* regrette decu* triste gene* choque* derange* agace* enerve* desol* franchement honnetement sincerement desaccord accord opinion',
  price:
    'prix cher chere chers cheres euros balles tarif* coute couter cout abonnement* augment* hausse inflation marge* luxe elitiste abus* payant payer gratuit* rentab* profit* fric argent',
  values:
    'ethique morale moral valeur* principe* ecolo* ecologi* environnement* planete climat climatique plastique emballage* carbone petrol* greenwashing verdi* durable jetable* animaux chasse foie gras vegan* boycott* politique* religi* ideolog* liberte* laic* inclusif inclusive ecriture publicite* pub pubs campagne sponsor* partenariat* mecenat tabac alcool jeux paris armement pollu* betonn* avion* dimanche sexiste* image femmes quartier centre-ville',
  taste:
    'gout gouts fade logo design couleur* nom slogan musique decor deco recette ancien* ancienne* avant nouveau nouvelle* version* formule format mode moche moderne tradition* ame charme authentic* caricatur* tendance',
  should:
    'devrait devraient faudrait faut falloir laissez arretez arreter assumez rendez remettez revenez devoir doit devez cessez besoin inutile aurait auraient mieux valu',
  refuse:
    'boycott* sans moi refuse* jamais plus irai mettrai acheterai achete ailleurs adieu desabonn* resili* renonc* passerai fini terminé termine stop non merci',
  insult:
    'nul nuls nulle nulles nullos merde merdes merdique* con cons connard* connasse* conne abruti* debile* cretin* imbecile* idiot* idiots bouffon* guignol* clown* pitre* tocard* minable* pitoyable* lamentable* pathetique* incapable* incompeten* branle* branquignol* charlot* ordure* pourri* pourriture raclure* salaud* salop* encul* batard* tarte* tanche* boulet* naze* nazes daube bande pignouf* andouille* quiche* cloporte* ringard* ramassis zero zeros boloss* caves',
  disgust:
    'pue puent vomir gerb* beurk degueu* degout* immonde* ecoeur* horrible* infect* poubelle* dechet* caca chier fait chie honteux honte lol mdr ptdr 🤮 🤡 💩 🖕 👎 😡 🤬 🙄 😂 🤣 😭 💀',
  mockery:
    'bravo felicitations champion* palme oscar prix medaille mention chapeau applaud* clap genie* genial satire satirique flash info breaking scoop parait-il poeme ode recette hommage minute monde univers histoire record',
  order:
    'commande* commander colis livraison* livre livree livres livreur suivi transporteur recu recue expedi* article* taille* retour* panier achet* achat* paquet* point relais stock rupture precommand* echang*',
  waiting:
    'attend* attente heures heure minutes minute jours semaine* mois retard* delai* toujours depuis encore file queue promis relance* relancer rappel* patience lent* lente lenteur enfin report* annul* repouss* tard',
  support:
    'sav service client hotline telephone appel* rappell* mail* repond* reponse* interlocuteur* conseiller* plateforme chatbot robot standard injoignable* ticket dossier reclam* transfer* raccroch* musique touche tapez',
  refund:
    'rembours* avoir remise geste factur* preleve* debit* paye* frais caution acompte arrhes garanti* resili* euros centimes devis supplement* dedomm* trop-percu',
  broken:
    'casse* cassee* panne* panne marche fonctionne* bug* buggue* plante* defect* abime* raye* rayee* fissur* fuit goutte* dechir* decolle* decousu* use usee trou* tache* mauvais* moche repar* rate* ratee* loupe* mal bancal* grince* flou floue rouille* deform* ecaill*',
  quality:
    'froid froide tiede sec seche dur dure cru crue trop cuit fade sale* salete crade propre* bruit bruyant* petit petite minuscule* vide manqu* manque manquait oubli* moitie portion* qualite mediocre decevant* deception passable moyen moyenne bof correct sans plus',
  rude: 'desagreable* impoli* malpoli* antipathique* soupir* hausse epaules ignore* accueil sourire aimable* sec agressif* meprisant* regarde bonjour arrogant* hautain* blase* telephone',
  visit:
    'restaurant table plat plats chambre hotel sejour nuit repas serveur menu verre soiree anniversaire mariage vacances cuisine dessert addition reservation* reserve* rendez-vous seance cours concert spectacle billet* train bus vol',
  expectation:
    'promis promet annonce* prevu prevue garanti* censé cense photo photos annonce site brochure catalogue disait affiche vendu comme au lieu sauf finalement resultat moral',
  praise:
    'excellent* super genial* parfait* parfaite* top magnifique* merveill* formidable* delicieu* succulent* adorable* ador* aime aimons sympa* sympathique* chaleureu* bon bonne bons bonnes meilleur* impeccable* exquis* divin* sublime* bluffant* extraordinaire* fantastique* beau belle belles beaux joli* agreable* efficace* rapide* gentil* souriant* pro professionnel* attentionn* recommande* regal* bonheur plaisir joie heureux heureuse ravi* content* contente satisfait* enchant* fan merci coup coeur pepite* bijou tresor* tuerie dingue fou folle incroyable* terrible mortel ouf addict* accro* drogue convert* conquis* reussi* reussite',
  thanks:
    'merci remerci* gratitude bravo chapeau felicit* longue vie continuez lachez rien bises bisous ❤️ 😍 🥰 👏 🙏 💛 😋 🎉 👍 🤩 😊 💪 🔥 ❤',
  again:
    'revien* reviendr* retourn* retournerai encore chaque toujours habitude* fidele* abonne semaine samedi prochain* prochaine bientot hate vivement redemande* resign* rempile*',
  relief:
    'peur craign* redout* crainte inquiet* mefi* sceptique* finalement contraire finale zero aucun aucune souci probleme rien redire reproch* plaindre faille accroc pepin surprise etonn* rassur* vite impeccable pourtant',
  ownfault:
    'moi ma mon faute suis trompe trompee boulette etourd* tete lu oublie* idiot distrait* maladroit* excus* pardon confond* jure plaisant* plaisante blague rire rigole ri',
  query:
    'quelqu savez sait saurait quand combien comment ouvert* ouverte* horaire* reserv* dispo* stock livrez faites avez acceptez possible est-ce question parking terrasse adresse conseil* recette cherche cherchons',
  news: 'samedi dimanche lundi mardi mercredi jeudi vendredi prochain festival* fete* marche concert* exposition* expo inaugur* ouvr* ouverture* match* finale victoire* equipe* saison* atelier* soiree* programme inscription* gratuit rue travaux meteo soleil pluie neige anniversaire ans naissance mairie quartier village trouve perdu* benevole* don collecte club course departement',
  joke: 'blague* humour plaisant* rigol* drole* mdr lol ptdr haha hihi rire 😂 🤣 😅 😄 😁 😉 coupable attentat crime meurtre divorce balance regime portefeuille banquier ventre bourrelets mari femme belle-mere',
}

export const english: Readonly<Record<string, string>> = {
  they: 'they them their',
  me: 'i my me we our us',
  you: 'you your yours',
  injury:
    'dislocat* torn detached temples fillings filling stitches bandag* eyebrow hip injur* hurt hurts cut cuts gash* bleed* bled blood wound* bruis* sprain* fractur* broken broke snapp* burn burns burnt burned scald* scar scars bite bitten bit scratch* concuss* faint* collapsed pain* limp* electrocut* shock drown* chok* strangl* irritat* blister* rash rashes swell* swollen swelled sore raw stung lump hives welts',
  body: 'hand hands finger fingers thumb arm arms leg legs foot feet knee knees ankle wrist back neck head forehead skull face cheek* mouth lip lips tongue throat tooth teeth molar eye eyes eyelid* skin belly stomach gut lung lungs ear ears nose hair shoulder hip rib ribs scalp',
  ill: 'poisoning palpit* halluc* itch* swallow* drip droppings larva* stomach-ache unwell queasy ward tablets chemo blotch* ill sick sickness vomit* puk* retch* throw threw throwing diarrh* poison* nausea* fever* cramp* symptom* infect* salmonell* listeria bacteria toxic* bug dizzy* migraine* asthma* cough* breath* contaminat* germs parasite* fleas bedbug* lice virus disease norovirus rushed',
  allergy:
    'allerg* gluten coeliac celiac lactose peanut* nut nuts hazelnut* sesame shellfish anaphyla* hives epipen egg soy trace traces dairy milk intoleran* free',
  hazard:
    'glass shard* nail nails screw screws staple* needle* blade* metal wire plastic mould* mold* maggot* worm* cockroach* roach* rat rats mouse mice droppings insect* fly flies asbestos lead arsenic chlorine bleach spike sharp splinter* corrosive solvent acid pin bolt firework*',
  fire: 'crackl* sizzl* singe* fuel gone smould* smolder* stove hob fire fires flame* blaze burn* burnt smok* spark* short-circuit overheat* explo* batter* charger* plug socket scorch* blacken* melt* extinguisher* firefighter* brigade detector* alarm alarms electric* wire wires wiring bare exposed fuse charred heater* singe*',
  gas: 'gas leak leaking smell smelt fumes monoxide boiler carbon cylinder vapour vapor tank flue',
  collapse:
    'wet rim split marquee gave snapped loose unbolted collaps* fell fall falls falling slip* trip* tripped tip tipped topple* came loose gave snapped ceiling scaffold* rail railing barrier ladder step steps stairs hole stuck brake brakes tyre tyres tire wheel trapped lift elevator balcony floor ice skid* overturn* wobbl* unhook*',
  emergency:
    'drip iv surgery surgeon operated mri scan antibiotic* poisoning bandag* ambulances icu emergenc* ambulance* paramedic* hospital a&e er clinic stitch* sutur* plaster cast doctor nurse rescue* resus* vet vets pharmac* seatbelt exit exits evacuat* lifeguard* casualty x-ray ward',
  child:
    'child* kid kids baby babies son daughter little toddler* infant* newborn boy girl teen* pupil* nursery school bottle pram buggy nan gran grandma grandad grandmother grandfather mum pregnant twins nephew niece',
  animal:
    'dog dogs puppy puppies pup cat cats kitten* horse horses pony rabbit kibble groomer lead pet pets animal animals vet vets lamb',
  dead: 'dead died die dies dying death* deceased corpse kill killed killing drowned funeral bury buried coffin euthan* put-down',
  account:
    'account* login logged log session username password* pin profile* sign signed code codes app site website portal mail mails email* sms text texts message* inbox address addresses newsletter',
  privacy:
    'criminal blood pressure diagnos* reference* ledger authentication data personal* confidential* gdpr ico file files record* details name names first number* birth birthday medical* prescription* payslip* invoice* card cards iban bank statement* passport* identity id photo* scan* list lists spreadsheet excel copied cc bcc recipient* result results notes ssn',
  leak: 'ledger cupboard notebook shredd* display* printed leftover wiped unwiped leak* hack* breach* stolen stole hijack* intrud* hole expos* public publicly accessible visible shows showing show see seen saw google internet web sold resold circulat* open unlocked bin bins skip link url unencrypted pwned',
  others:
    'else other others another stranger* someone somebody customer* neighbour* neighbor* third patient* subscriber* tenant* member* people',
  phishing:
    'phish* scam* fake spam* fraud* parcel delivery sms text call caller* rang phoned technician link click clicked clicking transfer bogus spoof*',
  weapon:
    'bat knife knives gun guns rifle weapon* petrol gasoline match matches lighter can cocktail molotov brick bricks bar hammer crowbar fist fists slap punch baton bullet bullets bomb axe sledgehammer chainsaw',
  violence:
    'afraid scared warning funeral wreath blood drown canal dragged buried regret fear hurt learn kill killed hurt burn torch torched smash* wreck* break broken bust blow up massacre beat beating batter hit thump punch pay paying regret destroy trash trashed windows window windscreen tyres slash* arson burned ground down end sorry bleed',
  coming:
    'come coming comes visit visiting turn up round show find finding wait waiting waits outside see you there car park door gate tonight night morning tomorrow saturday friday soon watch back',
  watching:
    'walked behind parked parks shutters canal jogs jog runs alone berth bell coat route standing stood recognise drives address live lives home house street school plate registration car route schedule follow* followed following stalk* watch* watching know knows where kid kids photo* gate window closing leave leaves shift sat opposite',
  impersonation:
    'fake fakes bogus impersonat* pretend* clone* copy copied imitat* page* account* profile* logo name site competition giveaway* won win winner winners prize* draw voucher* offer* job jobs recruit* advert whatsapp telegram instagram facebook official real posing passing scammer* lookalike domain',
  staff:
    'assistant* waiter* waitress* cashier* employee* agent* technician* engineer courier* driver* nurse* doctor* teacher* instructor* coach* trainer* guard* bouncer* receptionist* manager* owner boss supervisor director adviser* advisor* inspector* conductor* masseur* therapist* physio* hairdresser* barber* stylist bartender barman tutor carer* dentist* banker teller* porter* staff worker* plumber* steward* guy man woman bloke lady lad fella clerk usher salesman',
  origin:
    'arab* black white african* asian* chinese indian* pakistan* jew* jewish muslim* veil headscarf hijab origin accent foreign* race racis* colour color skin name surname gypsy traveller* polish romanian turk* country religion turban immigrant* brown english ethnic*',
  minority:
    'disab* wheelchair deaf hearing blind autis* gay homo* lesb* trans queer couple two women men gender sexis* sex fat overweight obese old elderly pensioner discriminat* down syndrome guide cane stammer* stutter* crutches',
  harass:
    'touch* hand hands bum bottom backside thigh* breast* chest cleavage skirt dress star* stare* whistl* flirt* cute darling sweetheart love pretty sexy sexual* grop* harass* pressed lean* leer* undress* naked changing shower cubicle number alone body brush* strok* kiss* wink* creep* hug*',
  humiliate:
    'humiliat* mock* laugh* sneer* front everyone insult* called idiot* stupid thick moron shame cry cried crying tears ridicul* shout* yell* scream* monkey imitat* belittl* contempt threat* push* shov* shook hit slap* threw grabb* grab grip lock* locked nickname* rude vulgar swore swear* finger snigger* smirk*',
  remark:
    'said told asked called comment* remark* joke* joked whisper* mutter* answered replied your people like you lot sort kind go back',
  workplace:
    'work worked working works job team teams colleague* coworker* manager* boss bosses supervisor management hr company factory warehouse workshop office floor break breaks rota rotas shift shifts schedule station department changing meeting* target* shop kitchen till season* seasonal back-office depot',
  pay: 'pay paid payslip* wage* salary minimum overtime unpaid hours bonus tips raise rise pension holiday sick leave owed arrears expenses quid net gross payroll',
  contract:
    'contract* temp temps agency intern interns internship trainee* apprentice* probation hire* hired hiring recruit* applicant* applied application* apply interview* cv resume resign* notice fired sacked dismiss* redundan* tribunal left leaving quit former ex promotion zero-hour hours offer role',
  burnout:
    'burnout burn out signed off exhaust* tired stress* pressure crack* cry cried crying depress* overload* turnover bully* bullied anxiety pace sleep slept toxic fear scared respect appreciated knackered mental',
  removal:
    'delet* remov* take taken down erase* disappear* vanish* edit* change* publish* post posted posting review* rating comment* star stars silence quiet forget forgotten talk tell telling video testimonial nothing hears mum word',
  bargain:
    'exchange return otherwise or else unless condition gesture arrange* deal agreement offer* propos* transfer send sort free complimentary gift voucher* discount night stay refund pay payment grand quid hundred thousand each interest choice choose fee price cash crypto bitcoin upgrade cost',
  audience:
    'followers subscriber* audience community million* thousand* views influenc* group* network* share sharing retweet hashtag link links mobilis* together everyone everybody all join raid* sink bury flood* bomb* spam* mass hammer pile lads gang spread accounts',
  deadline:
    'before by until deadline hours h monday tuesday wednesday thursday friday saturday sunday noon midnight tomorrow tonight week morning last final pm am press',
  rating:
    'review* star stars rating* rated rate score comment* feedback google tripadvisor trustpilot page listing average testimonial* five one 5 1 out',
  fakeness:
    'fake* bought buy bogus identical copy copied paste pasted same word wording username* profile* robot* bot bots account* created competitor* rival* family cousin never been set foot customer client proof verif* verified stranger* batch burst day days joined nothing purchase order* record booking',
  rival:
    'better instead go try switch prefer use competitor* opposite across other place much best recommend honest less cheaper pro professional them choose rather proper',
  mistake:
    'mistake* wrong mixed confus* mistaken other page address town street branch shop restaurant hotel sell selling do service department line',
  theft:
    'steal* stole stolen theft thief thieves thieving embezzl* skim* dipping till pocket* pocketed cash cashed debit* charged charging siphon* fence con conned rip ripped scam* fraud* dishonest* crook* crooked swindl* mafia launder* books black under',
  falsify:
    'fake* faked false falsif* tamper* backdat* inflat* pad padded clock* clocked mileage rig rigged bogus label* relabel* repack* mislead* misled lie lied lies lying liar* pretend* claim claims organic certif* counterfeit* copy signature* forg* forged made up invent* fictitious ghost phantom invoic* bill billed quote sticker passed',
  bribe:
    'bribe* bribery envelope* brown backhander* kickback* commission* contract* tender* bid bids council* councillor* mayor nephew brother-in-law cousin favour* mates crony corrupt* conflict inspector* inspection tipped tip-off hamper* grant* subsid* planning',
  evidence:
    'proof prove papers paper document* screenshot* photo* serial numbers witness* record* recording lab laborator* test tested analys* expert* bailiff accountant invoice* file emails letter* confirm* showed admitted seen saw receipts',
  justice:
    'complaint* police court* justice lawyer* solicitor* prosecut* judge* trial investigat* trading standards inspectorate convict* charged jail prison raid* report* tax taxman hmrc customs ombudsman sue suing',
  coverup:
    'hide hides hiding hid hidden conceal* hush* cover covered knew know known silence order destroy* destruct* delet* deny denied sold kept still anyway years nobody nda gag shred*',
  luxury: 'yacht villa* porsche boat pool car house holiday holidays trip rolex chalet camper suv mansion',
  press:
    'journalist* editor* editorial article* piece report* reporter* reporting investigat* interview* radio tv television bbc channel programme show podcast* magazine daily weekly newspaper* press gazette blog* blogger* profile column op-ed right reply comment statement respond response spokesperson quote quoted record air airing broadcast* publication publish* print edition deadline subject documentary film filming camera microphone issue reader* readers feature story stories copy desk freelanc*',
  asking:
    'contact reach wish please could would kindly question* enquir* inquir* request* reply response wait* available speak chat gather side view accept agree happy call',
  hearsay:
    'apparently heard hear hearing read told tell say says saying said claim* rumour* rumor* word gossip according neighbour neighbor colleague brother-in-law cousin uncle mate flatmate forum group comment seen saw pass know known learn* thought believe think did supposedly reckon* source wikipedia someone sure pretty once',
  change:
    'close* closed closing closure shut* reopen* moved moving moves bought takeover sold sell selling owned owns own belong* merged merger merging liquidat* bankrupt* administration receivership group subsidiary shareholder* offshore* scrap* stopped stopping replac* leaving left laid transfer* went gone',
  figure:
    'percent % per cent thousands million* year years since 1987 founded established created dates date price tariff costs cost double doubled increase* risen km miles metres kilo* litres grams rate only',
  provenance:
    'made manufactured china chinese poland polish portugal spain spanish morocco turkey romania italy abroad import* imported origin local factory frozen industrial palm sugar additive* gmo organic artisan homemade ingredient* contain* milk meat halal blended',
  correction:
    'error wrong false accurate inaccurate correct* correction mistake* actually reality truth update* updated checked check info information fact facts',
  opinion:
    'find think opinion humble view prefer* reckon believe consider pity shame regret* disappoint* sad bother* shock* annoy* irritat* uneasy sorry frankly honestly disagree* agree personally mind taste',
  price:
    'price prices pricey dear expensive overpriced pounds euros quid cost costs fee fees subscription* increase* rise inflation margin* luxury elitist steep charge charging free profit* money cash greed*',
  values:
    'ethic* moral* value* principle* green ecolog* environment* planet climate plastic packag* carbon oil greenwash* sustainab* disposable single-use animal* hunting fur vegan* boycott* politic* religio* ideolog* woke freedom* inclusive advert* ad ads campaign sponsor* partnership charity tobacco alcohol gambling betting arms pollut* concrete fly flown sunday sexist image women neighbourhood high street conscience support*',
  taste:
    'taste bland logo design colour* color* name slogan music decor recipe old older new newer version* formula size fashion ugly modern traditional* soul charm authentic* gimmick* trend* flavour bring back used',
  should:
    'should shouldn ought must need needn leave let stop own give put bring keep kept rather would wouldn could better unnecessary needless who asked',
  refuse:
    'boycott* without me refuse* never again won buy buying elsewhere goodbye unsubscrib* unfollow* cancel* skip pass done out no thanks hard count',
  insult:
    'useless rubbish garbage trash crap crappy shit shite shitty idiot* moron* stupid dumb clown* muppet* joker* pathetic pitiful loser* incompeten* incapable cowboy* waste wasters scum scumbag* bastard* arse* ass asshole* dick* prick* wank* twat* tosser* bellend* shower bunch lot dunce* imbecile* cretin* numpt* plonker* pillock* donkey* turkeys shambles joke laughing zero fools spineless melts',
  disgust:
    'stink* stinks stank puke vomit yuck gross disgust* vile revolting awful horrible horrid bin dump sewer hell shame lol lmao rofl ew ugh meh 🤮 🤡 💩 🖕 👎 😡 🤬 🙄 😂 🤣 😭 💀',
  mockery:
    'bravo congratulations congrats champion* award oscar prize medal trophy hats slow clap genius geniuses brilliant satire breaking exclusive scoop poem ode haiku recipe tribute minute world universe history record roses violets dear evolution brain cell cells sense spoon chocolate teapot brick soup',
  order:
    'order* ordered ordering parcel* package delivery deliver* delivered courier tracking received dispatch* shipped shipping item* size* return* basket bought purchase* box collection stock preorder* exchange* arrived',
  waiting:
    'wait* waiting queue queues hour hours minute minutes day days week* month* late delay* still since yet line promised chas* chasing call* callback patience slow slowly finally postpon* cancel* push* overdue',
  support:
    'support service customer hotline helpline phone call* hold mail* email* reply* replies answer* adviser* operator chatbot bot switchboard unreachable ticket case complain* transfer* hung music press option',
  refund:
    'refund* credit discount gesture charge* charged debit* paid fee fees deposit warranty guarantee* cancel* pounds pence quote surcharge* compensat* overcharg* money',
  broken:
    'broke broken break* fault* faulty work works working bug* buggy crash* defect* damag* scratch* crack* leak* leaking drip* torn rip ripped peel* worn hole stain* bad ugly repair* ruin* botch* badly wonky squeak* blurry rust* warped wrong missing flimsy',
  quality:
    'cold lukewarm dry hard raw overcooked undercooked burnt bland dirty filthy grubby clean noise noisy small tiny empty missing forgot half portion* quality mediocre disappoint* letdown average meh okay ok grey soggy stale greasy limp watery underwhelm*',
  rude: 'rude unpleasant impolite unfriendly sigh* sighed shrug* ignor* welcome smile smiled attitude aggressive dismissive looked hello arrogant haughty bored phone eye roll rolled tutted',
  visit:
    'restaurant table dish dishes room hotel stay night meal waiter menu drink evening birthday wedding anniversary holiday kitchen dessert bill booking* booked appointment session class lesson concert gig show ticket* train bus flight',
  expectation:
    'promised advertised expected supposed guaranteed picture pictures photo photos listing website brochure catalogue said sold instead turned meant hoped described moral',
  praise:
    'excellent great brilliant perfect* superb gorgeous wonderful* fantastic amazing delicious tasty lovely love loved loves adore* nice friendly warm good best better impeccable exquisite divine sublime stunning extraordinary beautiful* pretty pleasant efficient quick prompt kind smiling professional thoughtful recommend* treat joy pleasure happy delighted glad pleased satisfied fan thank thanks gem treasure legend legends hero heroes star unreal insane incredible terrific killer wicked sick addict* hooked drug converted smashing cracking faultless flawless spot magic dream worth success proud gentle patient',
  thanks:
    'thank thanks grateful gratitude bravo hats congratulations congrats keep well done cheers ta bless xx xxx ❤️ 😍 🥰 👏 🙏 💛 😋 🎉 👍 🤩 😊 💪 🔥 ❤',
  again:
    'back again return returning every always regular* loyal week saturday next soon can wait counting repeat ordered another moving',
  relief:
    'feared dreaded dread worried afraid scared nervous sceptic* skeptic* expected end contrary zero no problem* trouble issue* fault complain* complaint* hitch hiccup surprise* surprised reassured quick painless yet can say wasn',
  ownfault:
    'my me mine fault own mistake silly clumsy forgot wrong misread idiot daft sorry apolog* pardon confused swear kidding joking joke laugh laughed',
  query:
    'anyone know knows does do when much how open opening hours book* availab* stock deliver accept possible question parking terrace address advice recipe looking still where which',
  news: 'saturday sunday monday tuesday wednesday thursday friday next festival fair market concert exhibition launch* opens opening match final victory team* season workshop evening programme register registration free street roadworks weather sun rain snow anniversary years birth council village found lost volunteer* donat* collection club race parade choir',
  joke: 'joke joking kidding funny hilarious lol lmao haha laugh 😂 🤣 😅 😄 😁 😉 guilty crime murder divorce scales diet wallet bank belly husband wife mother-in-law arrest jail steal thief killed dying died',
}
