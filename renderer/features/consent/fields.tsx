// Which fields of a section may be given once: by plain groups, each whole or field by field.
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import { sectionSchemas } from "../../../shared/vocabulary/sections/index.ts";
import { useTexts } from "../../i18n/texts.tsx";
import { Tick } from "../../ui/choice.tsx";
import styles from "./consent.module.css";
import { sectionTitle, useSpeaking } from "./words.ts";

export function FieldsOf({
  section,
  chosen,
  onChange,
}: {
  readonly section: SectionName;
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}) {
  const speaking = useSpeaking();
  const patterns = Object.keys(sectionSchemas[section.kind].fields);
  const groups = [...new Set(patterns.map((pattern) => pattern.split(".")[0] ?? pattern))];
  return (
    <section className={styles["fieldsOf"]}>
      <h3>{sectionTitle(section, speaking)}</h3>
      {groups.map((group) => (
        <GroupOf
          key={group}
          kind={section.kind}
          group={group}
          leaves={patterns.filter((pattern) => pattern.startsWith(`${group}.`))}
          chosen={chosen}
          onChange={onChange}
        />
      ))}
    </section>
  );
}

function GroupOf({
  kind,
  group,
  leaves,
  chosen,
  onChange,
}: {
  readonly kind: SectionName["kind"];
  readonly group: string;
  /** None where the group is itself a field. */
  readonly leaves: readonly string[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}) {
  const texts = useTexts();
  const [open, setOpen] = useState(false);
  const whole = chosen.includes(group);
  const some = leaves.filter((leaf) => chosen.includes(leaf)).length;
  const title = texts.label(`${kind}.${group}`);
  const others = chosen.filter((one) => one !== group && !leaves.includes(one));
  return (
    <div className={styles["fieldGroup"]}>
      <div className={styles["fieldHead"]}>
        <Tick value={whole} onChange={(on) => onChange(on ? [...others, group] : others)}>
          {title}
        </Tick>
        {leaves.length === 0 ? null : (
          <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
            <ChevronRight aria-hidden />
            {whole || some === 0
              ? texts.t("screens.consent.single", { count: leaves.length })
              : texts.t("screens.consent.singleSome", { count: some, total: leaves.length })}
          </button>
        )}
      </div>
      {open ? (
        <div className={styles["leaves"]}>
          {leaves.map((leaf) => (
            <Tick
              key={leaf}
              value={whole || chosen.includes(leaf)}
              onChange={(on) => {
                const before = whole ? leaves : leaves.filter((one) => chosen.includes(one));
                const now = on ? [...before, leaf] : before.filter((one) => one !== leaf);
                onChange([...others, ...now]);
              }}
            >
              {texts.label(`${kind}.${leaf}`)}
            </Tick>
          ))}
        </div>
      ) : null}
    </div>
  );
}
