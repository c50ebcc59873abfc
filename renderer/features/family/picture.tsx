// The family at one glance: who comes together, who follows, stays or is undecided, and behind a wall who is not told.
import { useTexts } from "../../i18n/texts.tsx";
import { useCase } from "../../parts/case-file.tsx";
import { nameIn, usePeople } from "../../parts/people.ts";
import styles from "./family.module.css";
import { stateOf, type FamilyState } from "./standing.ts";

const before = [
  ["together", ["comes-now"]],
  ["undecided", ["undecided"]],
  ["follow", ["follows-by"]],
  ["atRisk", ["stays-at-risk"]],
  ["staySafe", ["stays-safe"]],
  ["missing", ["missing"]],
  ["notAsked", [undefined]],
] as const satisfies readonly (readonly [string, readonly (FamilyState | undefined)[]])[];
const behind = [
  ["notTold", ["not-told-yet"]],
  ["mustNotKnow", ["must-not-know"]],
  ["mustNotMeet", ["must-not-meet"]],
] as const satisfies readonly (readonly [string, readonly FamilyState[]])[];

/** The first letter as a reader sees it, with the marks that belong to it. */
const initialOf = (name: string): string | undefined =>
  new Intl.Segmenter().segment(name)[Symbol.iterator]().next().value?.segment;

type GroupName = (typeof before)[number][0] | (typeof behind)[number][0];

export function Picture({
  members,
  onChoose,
}: {
  readonly members: readonly string[];
  readonly onChoose: (person: string) => void;
}) {
  const open = useCase();
  const texts = useTexts();
  const { nameOf } = usePeople();
  const inStates = (states: readonly (FamilyState | undefined)[]) =>
    members.filter((id) => states.includes(stateOf(open, id)));
  const group = (name: GroupName, people: readonly string[]) =>
    people.length === 0 ? null : (
      <figure key={name} className={styles["together"]} data-group={name}>
        <figcaption>{texts.t(`screens.family.picture.${name}`)}</figcaption>
        <div className={styles["figures"]}>
          {people.map((id) => {
            const name = open.shown ? nameIn(open, id) : undefined;
            return (
              <button
                key={id}
                type="button"
                tabIndex={-1}
                aria-label={nameOf(id)}
                className={styles["figure"]}
                onClick={() => onChoose(id)}
              >
                <span className={styles["head"]} aria-hidden>
                  {name === undefined ? "" : initialOf(name.trim())}
                </span>
                <span className={styles["called"]}>
                  {name === undefined ? null : <bdi>{name.trim().split(/\s+/)[0]}</bdi>}
                </span>
              </button>
            );
          })}
        </div>
      </figure>
    );
  const walled = behind.map(([name, states]) => group(name, inStates(states))).filter((one) => one !== null);
  return (
    <section className={styles["picture"]} aria-label={texts.t("screens.family.picture.label")}>
      {before.map(([name, states]) =>
        group(name, [...(name === "together" ? ["her"] : []), ...inStates(states)]),
      )}
      {walled.length === 0 ? null : <div className={styles["wall"]}>{walled}</div>}
    </section>
  );
}
