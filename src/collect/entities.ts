/** Decodes `&name;`, `&#233;` and `&#xe9;` once. What is not an entity stays as written. Linear. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,30}));/g,
    (whole, ...found) => {
      const [decimal, hex, name] = found as [string | undefined, string | undefined, string | undefined]
      if (decimal !== undefined) return fromCode(Number(decimal))
      if (hex !== undefined) return fromCode(Number.parseInt(hex, 16))
      return NAMED.get(name ?? '') ?? NAMED.get((name ?? '').toLowerCase()) ?? whole
    },
  )
}

/** Written 128 to 159, people mean windows-1252 (HTML standard, numeric character reference end state). */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

function fromCode(code: number): string {
  if (code >= 0x80 && code <= 0x9f) return WINDOWS_1252[code - 0x80] ?? ''
  const isControl = code < 0x20 && code !== 9 && code !== 10 && code !== 13
  const isSurrogate = code >= 0xd800 && code <= 0xdfff
  if (isControl || isSurrogate || code > 0x10ffff || code === 0xfffe || code === 0xffff) return ''
  return String.fromCodePoint(code)
}

/** ISO 8859-1 from 160 up, in order: the names HTML has had since its second version. */
const LATIN_1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro ' +
  'para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil ' +
  'Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave ' +
  'Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml ' +
  'igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute ' +
  'thorn yuml'

/** `name=character`, the rest of HTML 4 and the HTML 5 ones that feeds were seen to use. */
const OTHERS =
  'amp=& lt=< gt=> quot=" apos=\' OElig=Œ oelig=œ Scaron=Š scaron=š Yuml=Ÿ fnof=ƒ circ=ˆ tilde=˜ ensp=\u2002 ' +
  'emsp=\u2003 thinsp=\u2009 hairsp=\u200a numsp=\u2007 puncsp=\u2008 zwnj=\u200c zwj=\u200d lrm=\u200e rlm=\u200f ' +
  'ndash=– mdash=— horbar=― lsquo=‘ rsquo=’ rsquor=’ sbquo=‚ ldquo=“ rdquo=” rdquor=” bdquo=„ dagger=† Dagger=‡ ' +
  'bull=• bullet=• hellip=… mldr=… permil=‰ prime=′ Prime=″ lsaquo=‹ rsaquo=› oline=‾ frasl=⁄ euro=€ image=ℑ ' +
  'weierp=℘ real=ℜ trade=™ alefsym=ℵ larr=← uarr=↑ rarr=→ darr=↓ harr=↔ crarr=↵ lArr=⇐ uArr=⇑ rArr=⇒ dArr=⇓ hArr=⇔ ' +
  'forall=∀ part=∂ exist=∃ empty=∅ nabla=∇ isin=∈ notin=∉ ni=∋ prod=∏ sum=∑ minus=− lowast=∗ radic=√ prop=∝ infin=∞ ' +
  'ang=∠ and=∧ or=∨ cap=∩ cup=∪ int=∫ there4=∴ sim=∼ cong=≅ asymp=≈ ne=≠ equiv=≡ le=≤ ge=≥ sub=⊂ sup=⊃ nsub=⊄ ' +
  'sube=⊆ supe=⊇ oplus=⊕ otimes=⊗ perp=⊥ sdot=⋅ lceil=⌈ rceil=⌉ lfloor=⌊ rfloor=⌋ lang=⟨ rang=⟩ loz=◊ spades=♠ ' +
  'clubs=♣ hearts=♥ diams=♦ check=✓ checkmark=✓ cross=✗ star=☆ starf=★ phone=☎ Alpha=Α Beta=Β Gamma=Γ Delta=Δ ' +
  'Epsilon=Ε Zeta=Ζ Eta=Η Theta=Θ Iota=Ι Kappa=Κ Lambda=Λ Mu=Μ Nu=Ν Xi=Ξ Omicron=Ο Pi=Π Rho=Ρ Sigma=Σ Tau=Τ ' +
  'Upsilon=Υ Phi=Φ Chi=Χ Psi=Ψ Omega=Ω alpha=α beta=β gamma=γ delta=δ epsilon=ε zeta=ζ eta=η theta=θ iota=ι kappa=κ ' +
  'lambda=λ mu=μ nu=ν xi=ξ omicron=ο pi=π rho=ρ sigmaf=ς sigma=σ tau=τ upsilon=υ phi=φ chi=χ psi=ψ omega=ω ' +
  'thetasym=ϑ upsih=ϒ piv=ϖ Ccaron=Č ccaron=č Rcaron=Ř rcaron=ř Zcaron=Ž zcaron=ž Ecaron=Ě ecaron=ě Lstrok=Ł ' +
  'lstrok=ł Aogon=Ą aogon=ą Eogon=Ę eogon=ę Sacute=Ś sacute=ś Cacute=Ć cacute=ć Nacute=Ń nacute=ń Zacute=Ź zacute=ź ' +
  'Zdot=Ż zdot=ż Gbreve=Ğ gbreve=ğ Scedil=Ş scedil=ş Idot=İ inodot=ı imath=ı abreve=ă Abreve=Ă excl=! num=# dollar=$ ' +
  'percnt=% lpar=( rpar=) ast=* plus=+ comma=, period=. sol=/ colon=: semi=; equals== quest=? commat=@ lbrack=[ ' +
  'lsqb=[ bsol=\\ rsqb=] rbrack=] Hat=^ lowbar=_ grave=` lbrace={ lcub={ vert=| verbar=| rcub=} rbrace=} dash=‐ ' +
  'hyphen=‐ Tab=\t NewLine=\n NonBreakingSpace=\u00a0'

const NAMED = new Map<string, string>([
  ...LATIN_1.split(' ').map((name, index) => [name, String.fromCharCode(160 + index)] as const),
  ...OTHERS.split(' ').map(pair),
  ...['AMP=&', 'LT=<', 'GT=>', 'QUOT="', 'COPY=©', 'REG=®'].map(pair),
])

function pair(written: string): readonly [string, string] {
  const at = written.indexOf('=')
  return [written.slice(0, at), written.slice(at + 1)]
}
