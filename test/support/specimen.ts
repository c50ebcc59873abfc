// A specimen case after ICAO 9303 for papers and intake: no person in it exists.

/** An intake file as an office would write it: the woman, a son, a friend's orphaned child, her mother, a nanny. */
export const specimenIntake = {
  format: "waypost/intake/1",
  about: "Specimen after ICAO 9303. No person in it exists.",
  code: "K7-CEDAR",
  sections: {
    identity: {
      title: "Ms",
      names: {
        wanted: { full: "Anna Maria Eriksson", script: "Latn" },
        ownScript: { full: "آنا ماریا اریکسون", script: "Arab", language: "fa-AF" },
      },
      languages: [
        { language: "fa-AF", speaks: "first" },
        { language: "en", speaks: "some" },
      ],
      papers: {
        held: {
          passport: {
            state: "expired",
            mrz: "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
          },
        },
      },
    },
    reach: {
      contact: { wish: "as-listed" },
      channels: [{ kind: "signal", address: "+999 555 0101", safety: "safe" }],
      words: [{ word: "apricots", means: "danger", setsOff: "Stop the call. Call the deputy." }],
      ifAnotherAnswers: "Say you call about the dentist.",
    },
    work: {
      callsHerself: "teacher",
      organisations: [
        { name: "Utopia Women's Mediation Circle", role: "Mediator", registered: "no", paid: "no" },
      ],
      vouching: [
        {
          who: "J. Specimen",
          rank: "Second Secretary",
          office: "Mission of Utopia",
          mayBeShown: "yes",
          knowsHer: "Met at three dialogues since 2019.",
        },
      ],
    },
    visa: {
      applications: {
        short: {
          type: "Short-stay visa with limited territorial validity",
          article: "Article 25(1) Visa Code",
          authority: "Consulate General",
          state: "IE",
          entries: "two",
          days: 90,
          neededBy: "2026-12-04",
          whyNow:
            "She led the talks that opened the northern road.\nTwo colleagues were abducted in the past month.\nHer name was read out on 14 November with theirs.",
          hostedBy: "Dublin Harbour Network, written invitation enclosed",
          paidBy: "Dublin Harbour Network",
          insuredBy: "Policy requested, confirmation expected 27 November",
          afterTheStay: "The host network has offered a year's fellowship; the application is prepared.",
          stands: "preparing",
          applicants: {
            her: { when: "now", biometrics: "no" },
            son: { when: "now", biometrics: "no" },
            orphan: { when: "now", biometrics: "no" },
            mother: { when: "later" },
          },
          appointments: [
            { what: "Biometrics", at: { local: "2026-11-26T09:30" }, place: "Consulate General" },
          ],
          missing: [
            {
              what: "Valid passport",
              of: "her",
              why: "renewal was refused in October",
              rule: "Article 4(2)",
            },
            { what: "Birth certificate", of: "orphan", why: "the registry burnt" },
          ],
        },
      },
    },
    plan: {
      tasks: [
        { what: "Ask for an appointment for biometrics", due: "2026-11-24", state: "open", guidance: "R19" },
      ],
    },
    journal: {
      entries: [
        { at: 1_795_340_000_000, kind: "call", text: "She is well. The children sleep.", toldHer: "yes" },
      ],
    },
  },
  family: {
    son: {
      names: {
        asInPassport: { full: "JON ERIKSSON", script: "Latn" },
        ownScript: { full: "یون اریکسون", script: "Arab", language: "fa-AF" },
      },
      birth: { date: "2013-05-02" },
      relation: { kind: "son", asSheSays: "my eldest", asPapersShow: "son" },
      state: { now: "comes-now", byWhoseWord: "both" },
      together: { with: { her: { wish: "must-stay-together" } }, order: 1 },
    },
    orphan: {
      names: {
        asInPassport: { full: "Mina", script: "Latn", oneName: true },
        ownScript: { full: "مینا", script: "Arab", language: "fa-AF" },
      },
      birth: { date: "1394 solar-hijri" },
      nationality: { none: "undetermined" },
      papers: { none: "yes" },
      relation: { kind: "friends-child", asSheSays: "my friend's daughter, mine since the spring" },
      state: { now: "comes-now", byWhoseWord: "both" },
      parents: [
        { parent: "mother", alive: "no", known: "yes" },
        { parent: "father", alive: "unknown", known: "no" },
      ],
      child: {
        bestInterests: {
          view: "She stays with the family she has lived with for two years.",
          by: "Second reader",
          on: "2026-11-20",
        },
      },
    },
    mother: {
      names: { asInPassport: { full: "Karin Eriksson", script: "Latn" } },
      birth: { date: "1948" },
      relation: { kind: "mother" },
      state: { now: "follows-by", followsBy: "2027-03", byWhoseWord: "this-persons" },
      asked: { how: "alone", decides: "yes" },
      care: { fitToFly: "yes", helper: "the son", decidesForSelf: "yes" },
    },
    nanny: {
      names: { wanted: { full: "Ida", script: "Latn", oneName: true } },
      relation: { kind: "nanny" },
      household: { kin: "no", as: "nanny", threatenedBecauseOfHer: "yes" },
      state: { now: "undecided", byWhoseWord: "hers" },
    },
  },
} as const;
