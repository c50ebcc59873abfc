// Her family as she tells it: the picture on top, the list of everyone, and the person chosen beside it.
import { Plus } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { ListBox, ListBoxItem } from "react-aria-components";
import { useOffer } from "../../bridge/commands.tsx";
import { useWay } from "../../bridge/route.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { useCase } from "../../parts/case-file.tsx";
import { nameIn, usePeople } from "../../parts/people.ts";
import { Button } from "../../ui/button.tsx";
import { Empty, Why } from "../../ui/notice.tsx";
import { Covered, Sign } from "../../ui/signs.tsx";
import { AddSomeone } from "./add.tsx";
import styles from "./family.module.css";
import { PersonFields } from "./person.tsx";
import { Picture } from "./picture.tsx";
import { ageOf, inOrder, sectionOf, shapes, stateOf } from "./standing.ts";

export function FamilyTab({ on }: { readonly on?: string }) {
  const open = useCase();
  const texts = useTexts();
  const { members: everyone } = usePeople();
  const members = inOrder(open, everyone);
  const [chosen, setChosen] = useState(on);
  const [adding, setAdding] = useState(false);
  const [told, setTold] = useState<string>();
  const person = chosen === "her" || members.includes(chosen ?? "") ? chosen : members[0];
  const commands = useMemo(
    () =>
      open.readOnly
        ? []
        : [
            {
              id: "family-add",
              label: texts.t("screens.family.add.title"),
              keys: "a",
              group: texts.t("screens.family.title"),
              run: () => setAdding(true),
            },
          ],
    [texts, open.readOnly, setAdding],
  );
  useOffer(commands);
  const choose = (id: string) => {
    setAdding(false);
    setTold(undefined);
    setChosen(id);
  };
  const addForm = (
    <AddSomeone
      onAdded={(id) => {
        setAdding(false);
        setChosen(id);
      }}
      onClose={() => setAdding(false)}
    />
  );
  if (members.length === 0)
    return adding ? (
      addForm
    ) : (
      <>
        {told === undefined ? null : <Told>{told}</Told>}
        <Empty
          title={texts.t("screens.family.empty")}
          action={
            open.readOnly ? undefined : (
              <Button kind="first" icon={<Plus aria-hidden />} onPress={() => setAdding(true)}>
                {texts.t("screens.family.add.open")}
              </Button>
            )
          }
        >
          {texts.t("screens.family.emptyLead")} <Why>{texts.t("screens.family.whyFamily")}</Why>
        </Empty>
      </>
    );
  return (
    <div className={styles["tab"]}>
      <Picture members={members} onChoose={choose} />
      <div className={styles["halves"]}>
        <section className={styles["people"]}>
          <div className={styles["peopleHead"]}>
            <h2 id="her-family">{texts.t("screens.family.asShe")}</h2>
            {open.readOnly ? null : (
              <Button kind="link" onPress={() => setAdding(true)}>
                {texts.t("screens.family.add.open")}
              </Button>
            )}
          </div>
          <ListBox
            aria-labelledby="her-family"
            className={styles["box"] ?? ""}
            selectionMode="single"
            disallowEmptySelection
            selectionBehavior="replace"
            selectedKeys={adding || person === undefined ? [] : [person]}
            onSelectionChange={(keys) => {
              const [first] = keys === "all" ? [] : keys;
              if (first !== undefined) choose(String(first));
            }}
          >
            {["her", ...members].map((id) => (
              <Somebody key={id} person={id} />
            ))}
          </ListBox>
        </section>
        <section className={styles["person"]} aria-live="off">
          {told === undefined ? null : <Told>{told}</Told>}
          {adding ? (
            addForm
          ) : person === "her" ? (
            <Herself />
          ) : person === undefined ? null : (
            <PersonFields
              key={person}
              person={person}
              onGone={(now) => {
                setTold(now);
                setChosen(undefined);
              }}
            />
          )}
        </section>
      </div>
    </div>
  );
}

function Somebody({ person }: { readonly person: string }) {
  const open = useCase();
  const texts = useTexts();
  const { nameOf } = usePeople();
  const state = person === "her" ? "comes-now" : stateOf(open, person);
  const says = open.shown ? open.at(sectionOf(person), ["relation", "asSheSays"]) : undefined;
  const relation = open.at(sectionOf(person), ["relation", "kind"]);
  const what =
    person === "her"
      ? texts.t("screens.people.herself").toLocaleLowerCase()
      : typeof relation === "string"
        ? texts.word(relation).toLocaleLowerCase()
        : typeof says === "string"
          ? `“${says}”`
          : undefined;
  const age = ageOf(open, person, texts);
  const word = state === undefined ? texts.t("screens.common.notAsked") : texts.word(state);
  const known = nameIn(open, person) !== undefined;
  return (
    <ListBoxItem id={person} textValue={`${nameOf(person)}, ${word}`} className={styles["somebody"] ?? ""}>
      <span className={styles["sign"]}>
        <Sign shape={state === undefined ? "grey" : shapes[state]} />
      </span>
      <span className={styles["who"]}>
        {known ? <Covered shown={open.shown}>{nameOf(person)}</Covered> : null}
        <span className={styles["quiet"]}>{[what, age].filter((one) => one !== undefined).join(", ")}</span>
      </span>
      <span className={styles["state"]} data-state={state}>
        {person === "her" ? null : word}
      </span>
    </ListBoxItem>
  );
}

/** What was done, brought into sight where the page above it has changed. */
function Told({ children }: { readonly children: string }) {
  const line = useRef<HTMLParagraphElement>(null);
  useEffect(() => line.current?.focus(), []);
  return (
    <p ref={line} role="status" tabIndex={-1}>
      {children}
    </p>
  );
}

/** She stands on her own list; her facts stand under their own tab. */
function Herself() {
  const open = useCase();
  const texts = useTexts();
  const { go } = useWay();
  const { nameOf } = usePeople();
  return (
    <div className={styles["form"]}>
      <h2>
        <Covered shown={open.shown || nameIn(open, "her") === undefined}>{nameOf("her")}</Covered>
      </h2>
      <p>{texts.t("screens.family.herself")}</p>
      <div>
        <Button onPress={() => go({ at: "case", case: open.case, tab: "identity" })}>
          {texts.t("screens.family.toIdentity")}
        </Button>
      </div>
    </div>
  );
}
