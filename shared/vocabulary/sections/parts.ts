// Groups of fields that a woman and a member of her family both have, each under the facts of the one they belong to.
import {
  answer,
  choice,
  count,
  date,
  group,
  hour,
  items,
  language,
  line,
  name,
  records,
  short,
  someOf,
  state,
  text,
} from "../fields.ts";
import type { PersonalFact } from "../personal.ts";

/** Names as papers show them, as she wants them used, in her own script, transliterated, and of the past. */
export const names = (about: PersonalFact) =>
  group({
    asInPassport: name(about),
    wanted: name(about),
    ownScript: name(about),
    transliterations: items(name(about).unwrap()),
    previous: records({
      name: name(about),
      kind: choice(["at-birth", "by-marriage", "earlier", "pen-name", "variant", "misspelt"], about),
      until: date(about),
    }),
  });

export const birth = (about: PersonalFact) =>
  group({
    date: date(about),
    place: line(about),
    state: state(about),
    registered: answer(about),
  });

/** As papers show it (ICAO 9303: F, M, X). */
export const sex = (about: PersonalFact) => choice(["F", "M", "X"], about);

export const nationality = (about: PersonalFact) =>
  group({
    held: records({ state: state(about), since: date(about), proof: line(about) }),
    none: choice(["stateless", "undetermined", "refugee"], about),
  });

export const languages = (about: PersonalFact) =>
  records({
    language: language(about),
    dialect: short(about),
    speaks: choice(["first", "well", "some"], about),
    reads: answer(about),
  });

/** Papers that prove who someone is, with what a passport's machine-readable zone says. */
export const papers = (about: PersonalFact) =>
  group({
    none: answer(about),
    held: records({
      kind: choice(
        [
          "passport",
          "travel-document",
          "national-id",
          "birth",
          "marriage",
          "divorce",
          "death",
          "residence",
          "visa",
          "driving",
          "custody",
          "other",
        ],
        about,
      ),
      state: choice(
        ["held", "expired", "lost", "destroyed", "held-by-someone", "refused", "applied-for", "never-had"],
        about,
      ),
      heldBy: line(about),
      issuedBy: state(about),
      authority: line(about),
      number: short(about),
      name: name(about),
      issued: date(about),
      expires: date(about),
      /** Lines of the zone joined by line feeds, as printed. */
      mrz: text(about),
      mrzChecked: choice(["all-good", "some-bad", "not-checked"], about, [
        "some-bad",
        "not-checked",
        "all-good",
      ]),
      oneNameOnly: answer(about),
      yearOnly: answer(about),
      note: text(about),
    }),
  });

const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** How someone is reached. */
export const channels = (about: PersonalFact) =>
  records({
    kind: choice(
      [
        "telephone",
        "signal",
        "whatsapp",
        "telegram",
        "sms",
        "email",
        "radio",
        "in-person",
        "through-someone",
        "other",
      ],
      about,
    ),
    address: short(about),
    through: line(about),
    safety: choice(["safe", "shared-device", "watched", "unknown"], about, [
      "watched",
      "shared-device",
      "unknown",
      "safe",
    ]),
    leaveMessage: answer(about, ["no", "unknown", "yes"]),
    language: language(about),
    note: text(about),
  });

/** When someone may be reached, in local time. */
export const safeHours = (about: PersonalFact) =>
  records({
    days: someOf(days, about),
    from: hour(about),
    until: hour(about),
    zone: short(about),
    note: line(about),
  });

/** Whether someone may be contacted at all: the careful answer rules while two stand. */
export const contactWish = (about: PersonalFact) =>
  group({
    wish: choice(["never", "not-until", "only-by-her", "as-listed"], about, [
      "never",
      "not-until",
      "only-by-her",
      "as-listed",
    ]),
    until: date(about),
    why: text(about),
    silentAfterHours: count(1, 10_000, about),
    ifSilent: text(about),
  });
