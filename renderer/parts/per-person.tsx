// The same few fields for people of the case, one group a person: those who have any, and the rest to be added.
import { useState } from "react";
import type { SectionName } from "../../shared/vocabulary/consent.ts";
import { Select } from "../ui/choice.tsx";
import { useCase } from "./case-file.tsx";
import { FieldRow } from "./field-row.tsx";
import { usePeople } from "./people.ts";
import styles from "./records.module.css";

export function PerPerson({
  section,
  path,
  fields,
  add,
  without = [],
}: {
  readonly section: SectionName;
  readonly path: readonly string[];
  readonly fields: readonly (readonly string[])[];
  /** The words of the list from which a person is chosen. */
  readonly add: string;
  /** People of whom this is not asked. */
  readonly without?: readonly string[];
}) {
  const open = useCase();
  const people = usePeople();
  const [begun, setBegun] = useState<readonly string[]>([]);
  const asked = (id: string) =>
    begun.includes(id) || fields.some((field) => open.at(section, [...path, id, ...field]) !== undefined);
  const all = people.options.filter(({ id }) => !without.includes(id));
  const rest = all.filter(({ id }) => !asked(id));
  return (
    <div className={styles["records"]}>
      {all
        .filter(({ id }) => asked(id))
        .map(({ id, label }) => (
          <section key={id} className={styles["record"]}>
            <div className={styles["head"]}>
              <h3>
                <bdi>{label}</bdi>
              </h3>
            </div>
            {fields.map((field) => (
              <FieldRow key={field.join(".")} section={section} path={[...path, id, ...field]} />
            ))}
          </section>
        ))}
      {open.readOnly || rest.length === 0 ? null : (
        <Select
          label={add}
          labelHidden
          placeholder={add}
          options={rest}
          value={undefined}
          onChange={(id) => setBegun([...begun, id])}
        />
      )}
    </div>
  );
}
