// One person of her family: a few answers in sight, all other fields in folds that are opened when they are asked for.
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import type { SectionId } from "../../../shared/vocabulary/ids.ts";
import { useWay } from "../../bridge/route.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { Choosing, keyOf, useCase, type SectionView } from "../../parts/case-file.tsx";
import { FieldRow } from "../../parts/field-row.tsx";
import { whoLabel } from "../../parts/labels.ts";
import { nameIn, usePeople } from "../../parts/people.ts";
import { PerPerson } from "../../parts/per-person.tsx";
import { Records, useRecords } from "../../parts/records.tsx";
import { SetRow } from "../../parts/set-row.tsx";
import { Button } from "../../ui/button.tsx";
import { Radios } from "../../ui/choice.tsx";
import { Note, Why } from "../../ui/notice.tsx";
import { Covered } from "../../ui/signs.tsx";
import styles from "./family.module.css";
import { folds, inSight, steps, type Part } from "./layout.ts";
import { nextTurn, sectionOf, stateOf } from "./standing.ts";
import { TakeOff } from "./take-off.tsx";

type PersonProps = { readonly person: string; readonly onGone: (told: string) => void };

/** Where two offices each began a section for this person, one of the two at a time. */
export function PersonFields(props: PersonProps) {
  const open = useCase();
  const section = sectionOf(props.person);
  const all = open.sections.filter(({ name }) => keyOf(name) === keyOf(section));
  const [chosen, setChosen] = useState<SectionId>();
  const which = all.find((one) => one.section === chosen)?.section ?? all[0]?.section;
  return (
    <>
      {all.length < 2 ? null : <WhichOfTwo section={section} all={all} which={which} onChoose={setChosen} />}
      <Choosing which={which}>
        <Fields key={which} {...props} />
      </Choosing>
    </>
  );
}

function WhichOfTwo({
  section,
  all,
  which,
  onChoose,
}: {
  readonly section: SectionName;
  readonly all: readonly SectionView[];
  readonly which: SectionId | undefined;
  readonly onChoose: (which: SectionId) => void;
}) {
  const open = useCase();
  const texts = useTexts();
  const { go } = useWay();
  return (
    <Note>
      <p>
        {texts.t("screens.settle.twins.stand")}{" "}
        <Button kind="link" onPress={() => go({ at: "twins", case: open.case, section })}>
          {texts.t("screens.settle.twins.look")}
        </Button>
      </p>
      <Radios
        label={texts.t("screens.family.whichOfTwo")}
        options={all.map(({ section: id, said }, at) => {
          const first = said.toSorted((a, b) => a.at - b.at)[0];
          return {
            id,
            label: texts.t("screens.settle.twins.which", { number: at + 1 }),
            ...(first === undefined
              ? {}
              : {
                  note: texts.t("screens.field.said", {
                    who: whoLabel(texts, first.author),
                    when: texts.dayShort(first.at),
                  }),
                }),
          };
        })}
        value={which}
        onChange={onChoose}
      />
    </Note>
  );
}

function Fields({ person, onGone }: PersonProps) {
  const open = useCase();
  const texts = useTexts();
  const [leaving, setLeaving] = useState(false);
  const section = sectionOf(person);
  const state = stateOf(open, person);
  const word = open.at(section, ["state", "byWhoseWord"]);
  const turn = nextTurn(open, person, texts);
  return (
    <>
      <header className={styles["personHead"]}>
        <PersonTitle person={person} />
        <p>
          {[
            ...(state === undefined ? [texts.t("screens.family.stateNotAsked")] : [texts.word(state)]),
            ...(typeof word === "string"
              ? [texts.t("screens.family.byWord", { whose: texts.word(word).toLocaleLowerCase() })]
              : []),
            ...(turn === undefined ? [] : [turn]),
          ].join(" · ")}
        </p>
      </header>
      <div>
        {inSight.map((field) => (
          <FieldRow
            key={field}
            section={section}
            path={steps(field)}
            label={texts.t(`screens.family.ask.${field as InSight}`)}
          />
        ))}
        {state === "follows-by" ? <FieldRow section={section} path={["state", "followsBy"]} /> : null}
        <p className={styles["hint"]}>
          {texts.t("screens.family.leaveOpen")} <Why>{texts.t("screens.family.whyAlone")}</Why>
        </p>
      </div>
      <div className={styles["folds"]}>
        {folds.map(({ id, parts }) => (
          <Fold key={id} title={texts.t(`screens.family.folds.${id}`)} section={section} parts={parts} />
        ))}
      </div>
      {open.readOnly ? null : leaving ? (
        <TakeOff person={person} onClose={() => setLeaving(false)} onGone={onGone} />
      ) : (
        <div>
          <Button kind="quiet" onPress={() => setLeaving(true)}>
            {texts.t("screens.family.takeOff.open")}
          </Button>
        </div>
      )}
    </>
  );
}

type InSight =
  | "relation.asSheSays"
  | "relation.asPapersShow"
  | "state.now"
  | "state.byWhoseWord"
  | "asked.how"
  | "asked.decides";

function PersonTitle({ person }: { readonly person: string }) {
  const open = useCase();
  const { nameOf } = usePeople();
  const known = nameIn(open, person) !== undefined;
  return <h2>{known ? <Covered shown={open.shown}>{nameOf(person)}</Covered> : nameOf(person)}</h2>;
}

function Fold({
  title,
  section,
  parts,
}: {
  readonly title: string;
  readonly section: SectionName;
  readonly parts: readonly Part[];
}) {
  const open = useCase();
  const texts = useTexts();
  const [shown, setShown] = useState(false);
  const answered = parts.filter((part) => {
    const at =
      "field" in part
        ? part.field
        : "set" in part && !("list" in part)
          ? part.set
          : "list" in part
            ? part.at
            : "people" in part
              ? part.people
              : "";
    const value = open.at(section, steps(at));
    return value !== undefined && (typeof value !== "object" || Object.keys(value ?? {}).length > 0);
  }).length;
  return (
    <section className={styles["fold"]}>
      <h3>
        <button type="button" aria-expanded={shown} onClick={() => setShown(!shown)}>
          <ChevronRight aria-hidden />
          <span>{title}</span>
          <span className={styles["quiet"]}>
            {answered === 0
              ? texts.t("screens.common.notAsked")
              : texts.t("screens.family.answered", { count: answered, total: parts.length })}
          </span>
        </button>
      </h3>
      {shown ? (
        <div className={styles["inside"]}>
          {parts.map((part) => (
            <PartOf key={JSON.stringify(part)} section={section} part={part} />
          ))}
        </div>
      ) : null}
    </section>
  );
}

function PartOf({ section, part }: { readonly section: SectionName; readonly part: Part }) {
  const texts = useTexts();
  if ("field" in part) return <FieldRow section={section} path={steps(part.field)} />;
  if ("list" in part) return <List section={section} part={part} />;
  if ("set" in part) return <SetRow section={section} path={steps(part.set)} />;
  return (
    <PerPerson
      section={section}
      path={steps(part.people)}
      fields={part.fields.map(steps)}
      add={texts.t("screens.family.withWhom")}
      {...(section.person === undefined ? {} : { without: [section.person] })}
    />
  );
}

function List({
  section,
  part,
}: {
  readonly section: SectionName;
  readonly part: Extract<Part, { list: string }>;
}) {
  const texts = useTexts();
  const path = steps(part.at);
  const ids = useRecords(section, path);
  const title = texts.t(`screens.family.lists.${part.list}.title`);
  return (
    <div className={styles["list"]}>
      <h4>{title}</h4>
      <Records
        section={section}
        path={path}
        fields={part.fields.map(steps)}
        add={texts.t(`screens.family.lists.${part.list}.add`)}
        empty={texts.t("screens.family.noneYet")}
        titleOf={(id) =>
          texts.t("screens.family.numbered", {
            what: title,
            number: ids.includes(id) ? ids.indexOf(id) + 1 : ids.length + 1,
          })
        }
        {...(part.set === undefined
          ? {}
          : {
              children: (id: string) => (
                <SetRow section={section} path={[...path, id, ...steps(part.set ?? "")]} />
              ),
            })}
      />
    </div>
  );
}
