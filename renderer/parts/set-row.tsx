// A set within a section: days of the week, people of the case; each is ticked by itself, so that two offices' additions both stay.
import type { SectionName } from "../../shared/vocabulary/consent.ts";
import { fieldAt } from "../../shared/vocabulary/sections/index.ts";
import { useTexts } from "../i18n/texts.tsx";
import { Tick } from "../ui/choice.tsx";
import { useCase } from "./case-file.tsx";
import { usePeople } from "./people.ts";
import styles from "./set-row.module.css";

export function SetRow({
  section,
  path,
  label: given,
}: {
  readonly section: SectionName;
  readonly path: readonly string[];
  readonly label?: string;
}) {
  const open = useCase();
  const texts = useTexts();
  const people = usePeople();
  const found = fieldAt(section.kind, [...path, "her"]) ?? fieldAt(section.kind, [...path, "mon"]);
  if (found === undefined) throw new Error(`no set at ${section.kind}.${path.join(".")}`);
  const label = given ?? texts.label(`${section.kind}.${found.pattern.replace(/\.\*$/, "")}`);
  const options = found.meta.choices?.map((id) => ({ id, label: texts.word(id) })) ?? people.options;
  return (
    <fieldset className={styles["row"]} disabled={open.readOnly}>
      <legend>{label}</legend>
      <div className={styles["ticks"]}>
        {options.map((option) => {
          const at = [...path, option.id];
          return (
            <Tick
              key={option.id}
              value={open.at(section, at) === true}
              disabled={open.readOnly}
              onChange={(on) =>
                void open.save(section, [on ? { path: at, set: true } : { path: at, remove: true }])
              }
            >
              {option.label}
            </Tick>
          );
        })}
      </div>
    </fieldset>
  );
}
