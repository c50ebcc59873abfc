// A tab of fields: what its layout asks, group by group.
import { useTexts } from "../../i18n/texts.tsx";
import { useCase } from "../../parts/case-file.tsx";
import { FieldRow } from "../../parts/field-row.tsx";
import { PerPerson } from "../../parts/per-person.tsx";
import { usePeople } from "../../parts/people.ts";
import { Records } from "../../parts/records.tsx";
import { SetRow } from "../../parts/set-row.tsx";
import { wordsOf, tellsWho } from "../../parts/show-value.tsx";
import { fieldAt } from "../../../shared/vocabulary/sections/index.ts";
import { Group } from "../../ui/frame.tsx";
import { Why } from "../../ui/notice.tsx";
import type { Inner, Layout, Part } from "./layout.ts";

const steps = (path: string): string[] => path.split(".");

export function LayoutTab({ layout }: { readonly layout: Layout }) {
  const texts = useTexts();
  const section = { kind: layout.kind };
  return layout.groups.map((group) => (
    <Group
      key={group.title}
      title={texts.t(group.title)}
      {...(group.why === undefined ? {} : { end: <Why>{texts.t(group.why)}</Why> })}
    >
      {group.parts.map((part) => (
        <PartOf key={"records" in part ? part.records : part.fields.join()} section={section} part={part} />
      ))}
    </Group>
  ));
}

function PartOf({
  section,
  part,
}: {
  readonly section: { readonly kind: Layout["kind"] };
  readonly part: Part;
}) {
  const open = useCase();
  const texts = useTexts();
  const people = usePeople();
  if (!("records" in part))
    return part.fields.map((field) => <FieldRow key={field} section={section} path={steps(field)} />);
  const path = steps(part.records);
  /** A record by the field it is called by, in words; nothing where that is covered or not known. */
  const titleOf = (id: string): string | undefined => {
    if (part.called === undefined) return undefined;
    const at = [...path, id, ...steps(part.called)];
    const value = open.at(section, at);
    const meta = fieldAt(section.kind, at)?.meta;
    if (value === undefined || meta === undefined || (tellsWho(section.kind, meta) && !open.shown))
      return undefined;
    return wordsOf(meta, value, { texts, person: people.nameOf });
  };
  const { order } = part;
  return (
    <Records
      section={section}
      path={path}
      fields={part.fields.map(steps)}
      add={texts.t(part.add)}
      empty={texts.t(part.empty)}
      titleOf={titleOf}
      {...(order === undefined
        ? {}
        : { order: (id: string) => Number(open.at(section, [...path, id, ...steps(order)]) ?? 999) })}
    >
      {(id) => (
        <>
          {(part.sets ?? []).map((set) => (
            <SetRow key={set} section={section} path={[...path, id, ...steps(set)]} />
          ))}
          {(part.inner ?? []).map((inner) => (
            <InnerOf key={inner.title} section={section} at={[...path, id]} inner={inner} />
          ))}
        </>
      )}
    </Records>
  );
}

function InnerOf({
  section,
  at,
  inner,
}: {
  readonly section: { readonly kind: Layout["kind"] };
  readonly at: readonly string[];
  readonly inner: Inner;
}) {
  const texts = useTexts();
  const common = {
    section,
    path: [...at, ...inner.path],
    fields: inner.fields.map(steps),
    add: texts.t(inner.add),
  };
  return (
    <Group level={3} title={texts.t(inner.title)}>
      {inner.each === "person" ? (
        <PerPerson {...common} />
      ) : (
        <Records {...common} empty={texts.t(inner.empty)} />
      )}
    </Group>
  );
}
