// States as papers name them: ISO 3166-1 and the codes ICAO 9303 adds for people without one.
import { z } from "../schema.ts";

/** ISO 3166-1: alpha-2 followed by alpha-3. */
const table = `
  ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE
  BABIH BBBRB BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS
  BTBTN BVBVT BWBWA BYBLR BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN
  COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST
  EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF
  GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD
  HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN ISISL ITITA JEJEY JMJAM
  JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO LBLBN LCLCA
  LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD
  MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM
  NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG
  PHPHL PKPAK PLPOL PMSPM PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA
  SASAU SBSLB SCSYC SDSDN SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD
  STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON
  TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR
  VNVNM VUVUT WFWLF WSWSM YEYEM YTMYT ZAZAF ZMZMB ZWZWE
`;

const pairs = table
  .trim()
  .split(/\s+/)
  .map((pair) => [pair.slice(0, 2), pair.slice(2)] as const);

const alpha3Of = new Map(pairs);
const alpha2Of = new Map(pairs.map(([two, three]) => [three, two]));

/**
 * Codes of ICAO 9303 part 3 section 5 that name no ISO state: the stateless and refugees (XXA and on),
 * kinds of British nationality, organisations, and the fictitious Utopia (UTO) of its specimens.
 */
const beyondIso = `
  XXA XXB XXC XXX GBD GBN GBO GBP GBS RKS
  EUE UNO UNA UNK XAA XBA XCC XCE XCO XDC XEC XES XIM XMP XOM XPO UTO
`
  .trim()
  .split(/\s+/);
/** Every state code that may stand in a field: alpha-2 where ISO has one, else ICAO's three letters. */
export const StateCode = z.enum([...alpha3Of.keys(), ...beyondIso] as unknown as readonly [
  string,
  ...string[],
]);
export type StateCode = z.infer<typeof StateCode>;

const beyond: ReadonlySet<string> = new Set(beyondIso);

/** The code to store for what a machine-readable zone shows (Germany writes `D`); `undefined` when nobody uses it. */
export function stateOfMrz(code: string): StateCode | undefined {
  if (code === "D") return "DE";
  return alpha2Of.get(code) ?? (beyond.has(code) ? code : undefined);
}

/** The three letters a machine-readable zone shows for a stored code. */
export function mrzOfState(code: StateCode): string {
  return code === "DE" ? "D" : (alpha3Of.get(code) ?? code);
}

/** Utopia belongs to specimens: a practice vault takes it, a real one does not. */
export const isSpecimenState = (code: string): boolean => code === "UTO";
