// The history of a case: what was done with it in this vault, and who changed what in each of its sections.
import { useState } from "react";
import { useAsk } from "../../bridge/queries.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { keyOf, useCase } from "../../parts/case-file.tsx";
import { usePeople } from "../../parts/people.ts";
import { Select } from "../../ui/choice.tsx";
import { Group } from "../../ui/frame.tsx";
import { TroubleNotice } from "../../ui/notice.tsx";
import { Fact, Facts } from "../../ui/rows.tsx";

export function History() {
  const open = useCase();
  const texts = useTexts();
  const people = usePeople();
  const names = open.sections.map(({ name }) => name);
  const [chosen, setChosen] = useState(names[0] === undefined ? "" : keyOf(names[0]));
  const section = names.find((name) => keyOf(name) === chosen) ?? names[0];
  const history = useAsk(
    "cases.history",
    { case: open.case, section: section ?? { kind: "identity" } },
    { when: section !== undefined },
  );
  const changes = history.value?.changes.toReversed() ?? [];
  return (
    <Group title={texts.t("screens.case.history")}>
      <Select
        label={texts.t("screens.case.ofWhat")}
        options={names.map((name) => ({
          id: keyOf(name),
          label: name.person === undefined ? texts.t(`sections.${name.kind}`) : people.nameOf(name.person),
        }))}
        value={section === undefined ? undefined : keyOf(section)}
        onChange={setChosen}
      />
      <TroubleNotice trouble={history.trouble} />
      <Facts>
        {changes.slice(0, 200).map((change) => (
          <Fact
            key={change.part}
            label={texts.dayAndClock(change.at)}
            end={change.author.name ?? change.author.office ?? texts.t("screens.common.somebody")}
          >
            {texts.list(
              [
                ...new Set(
                  change.fields.map(({ path }) =>
                    texts.label(
                      `${section?.kind}.${path.filter((step) => !/^[0-9a-f]{32}$/.test(step)).join(".")}`,
                    ),
                  ),
                ),
              ].slice(0, 12),
            )}
          </Fact>
        ))}
      </Facts>
    </Group>
  );
}
