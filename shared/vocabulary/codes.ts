// Case codes: a letter, a digit or two and a plain thing (K7-CEDAR, K74-CEDAR), drawn at random and telling nothing.
import { z } from "../schema.ts";

/** 256 plain things: trees, stones, tools, vessels. None is a weapon, a faith or a common first name. */
export const codeWords: readonly string[] = `
  ACORN ADOBE AGATE ALDER ALMOND ANCHOR ANVIL APPLE APRICOT APRON ARCH AUGER AXLE BALCONY BAMBOO BANJO
  BARK BARLEY BARREL BASALT BASIN BASKET BATTEN BEACON BEAKER BEAM BEECH BELL BELLOWS BENCH BIRCH BOARD
  BOBBIN BOLT BOTTLE BOULDER BOWL BRACKET BRANCH BRASS BRICK BRIDGE BROOK BROOM BRUSH BUCKET BUCKLE BUTTON
  CABIN CANDLE CANOE CANVAS CANYON CARAFE CARPET CART CEDAR CELLAR CEMENT CHAIR CHALK CHESTNUT CHIMNEY
  CHISEL CINDER CITRON CLAMP CLAY CLIFF CLOCK CLOUD CLOVE COBALT COBBLE COIL COMPASS COPPER CORD CORK
  COTTON CRATE CRAYON CREEK CUP CYPRESS DELTA DESK DIAL DOME DOOR DRIFT DRUM DUNE EASEL EBONY ELM EMERY
  FABRIC FELT FENCE FERN FERRY FIDDLE FIG FILBERT FILTER FIR FJORD FLAGON FLAX FLINT FLUTE FOLDER FORGE
  FOUNTAIN FRAME FUNNEL GARNET GATE GIMLET GLACIER GLASS GRANITE GRAPE GRAVEL GROVE GUTTER HAMMER HAMMOCK
  HANDLE HARBOUR HARP HATCH HAWTHORN HEDGE HELM HINGE INGOT INK IRON KAYAK KETTLE KEYSTONE KILN LADDER
  LADLE LAGOON LANTERN LARCH LATCH LAVA LEDGE LEMON LENS LEVER LICHEN LIME LINEN LOOM LUMBER LUTE MALLET
  MANGO MAPLE MARBLE MARL MAST MEADOW MEDLAR MICA MILLET MINT MIRROR MOSS MULBERRY MUSLIN NEEDLE NICKEL
  NUTMEG OAK OAR OCHRE ONYX ORCHARD OVEN PADDLE PALM PAPER PEAR PEBBLE PENCIL PEWTER PILLAR PINE PLANK
  PLASTER PLATE PLUM POPLAR POTTERY PULLEY PUMICE QUARRY QUARTZ QUILL QUINCE RAFT RESIN RIDGE RIVET ROPE
  SADDLE SAND SHOVEL SIEVE SLATE SPADE SPINDLE SPOOL SPOON SPRUCE STAIR STONE STOOL STREAM TABLE TANKARD
  TEAK TEAPOT THIMBLE THREAD THYME TILE TIMBER TORCH TOWER TRELLIS TROWEL TRUNK TURRET TWINE VALLEY
  VARNISH VASE VELVET VINE WAGON WALNUT WHEAT WHEEL WICKER WINDOW WOOL WRENCH YARN ZINC
`
  .trim()
  .split(/\s+/);

/** Without I, O, B, S, Z, which are read as digits. */
const letters = "ACDEFGHJKLMNPQRTUVWXY";
/** Without 0 and 1, which are read as letters. */
const digits = "23456789";

export const CaseCode = z
  .string()
  .regex(/^[A-Z][0-9]{1,2}-[A-Z]{3,12}$/)
  .brand<"CaseCode">();
export type CaseCode = z.infer<typeof CaseCode>;

/** How many random bytes `caseCode` takes. */
export const caseCodeBytes = 4;

/**
 * A code out of 43,008 with one digit (21 letters, 8 digits, 256 words), or out of 344,064 with two; the caller draws again
 * where the code is taken or refused, and takes two digits where those with one run short.
 */
export function caseCode(bytes: Uint8Array, length: 1 | 2): CaseCode {
  const [a, b, c, d] = bytes;
  if (a === undefined || b === undefined || c === undefined || d === undefined)
    throw new Error(`a case code takes ${caseCodeBytes} bytes`);
  const second = length === 2 ? digits[d % digits.length] : "";
  return `${letters[a % letters.length]}${digits[b % digits.length]}${second}-${codeWords[c % codeWords.length]}` as CaseCode;
}
