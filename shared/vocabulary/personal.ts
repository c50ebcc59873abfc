// What the vault knows about a person, named once: consent speaks of sections, so each fact stands in exactly one.

/**
 * Every kind of personal fact. "her": the woman at the centre of the case. "member": a person on her family list,
 * whose facts all stand in that person's own family section. "people": others who are named in the office's notes.
 * A test fails when a fact stands in two sections or in none.
 */
export const personalFacts = [
  "her name",
  "her birth",
  "her sex",
  "her nationality",
  "her civil status",
  "her languages",
  "her papers",

  "her channels",
  "her address",
  "her safe hours",
  "her code words",
  "her contact wishes",

  "her organisation",
  "her work",
  "her public profile",
  "who vouches for her",

  "member name",
  "member birth",
  "member sex",
  "member nationality",
  "member languages",
  "member papers",
  "member reach",
  "member health",
  "member state",
  "member relation",
  "member marriage",
  "member parents",
  "member decisions",
  "member care",
  "member blocks",
  "member household",
  "member journey wishes",
  "member animals",

  "route",
  "who travels",
  "which papers travel",
  "arrival",

  "visa applications",
  "earlier refusals",
  "what is missing",

  "place of stay",
  "what a place must have",

  "tasks",
  "whom she fears",
  "emergency",
  "what follows",

  "what was said and done",
] as const;

export type PersonalFact = (typeof personalFacts)[number];
