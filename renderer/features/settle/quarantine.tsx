// What arrived and was not taken, and work that is stored and not in effect: why, and what can be done about it.
import { RotateCcw } from "lucide-react";
import { useEffect, useState } from "react";
import { asideReason } from "../../../shared/vocabulary/aside.ts";
import { fieldAt } from "../../../shared/vocabulary/sections/index.ts";
import type { CaseId } from "../../../shared/vocabulary/ids.ts";
import type { Value } from "../../bridge/bridge.ts";
import { useNames, useNamesOf } from "../../bridge/names.tsx";
import { useAct, useAsk, useAskAll } from "../../bridge/queries.tsx";
import { useWay } from "../../bridge/route.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { fieldLabel, sectionLabel, whoLabel } from "../../parts/labels.ts";
import { tellsWho, wordsOf } from "../../parts/show-value.tsx";
import { Button } from "../../ui/button.tsx";
import { Group, Page } from "../../ui/frame.tsx";
import { Empty, Note, TroubleNotice } from "../../ui/notice.tsx";
import { Row, Rows } from "../../ui/rows.tsx";
import { Covered, NamesState } from "../../ui/signs.tsx";
import styles from "./settle.module.css";

type HeldPart = Value<"cases.held">["parts"][number];
type Item = Value<"cases.quarantine">["items"][number];

/** What a person may take into effect after she asked those it came from. */
const mayAccept: ReadonlySet<string> = new Set(["after-removal", "rival"]);

export function Quarantine({ of }: { readonly of?: CaseId }) {
  const texts = useTexts();
  const { back } = useWay();
  const arrived = useAsk("cases.quarantine", of === undefined ? {} : { case: of }, { keep: true });
  const trying = useAct("cases.tryAgain");
  const dismissing = useAct("cases.dismiss");
  const [stored, setStored] = useState<number>();
  useEffect(() => document.querySelector<HTMLElement>("#page")?.focus(), []);
  const tryAgain = async (one: CaseId) => {
    setStored(undefined);
    setStored((await trying.act({ case: one }))?.stored);
  };
  const items = arrived.value?.items ?? [];
  const cases = [
    ...new Set([...(of === undefined ? [] : [of]), ...items.flatMap((item) => item.case ?? [])]),
  ];
  const seen = useAskAll(
    "cases.get",
    cases.map((one) => ({ case: one })),
  );
  const codeOf = (one: CaseId | undefined) =>
    one === undefined ? undefined : seen[cases.indexOf(one)]?.row.code;
  const code = codeOf(of);
  return (
    <Page
      title={
        code === undefined
          ? texts.t("screens.settle.quarantine.title")
          : texts.t("screens.settle.quarantine.titleOf", { code })
      }
      lead={texts.t("screens.settle.quarantine.lead")}
      back={{ label: texts.t("screens.common.back"), onPress: back }}
      actions={
        of === undefined ? undefined : (
          <Button icon={<RotateCcw aria-hidden />} busy={trying.busy} onPress={() => void tryAgain(of)}>
            {texts.t("screens.common.tryAgain")}
          </Button>
        )
      }
    >
      <TroubleNotice trouble={arrived.trouble ?? trying.trouble ?? dismissing.trouble} />
      {stored === undefined ? null : (
        <p role="status">{texts.t("screens.settle.quarantine.tried", { count: stored })}</p>
      )}
      {of === undefined ? null : <Held of={of} />}
      {arrived.value === undefined ? null : items.length === 0 ? (
        of === undefined ? (
          <Empty title={texts.t("screens.settle.quarantine.none")}>
            {texts.t("screens.settle.quarantine.noneText")}
          </Empty>
        ) : null
      ) : (
        <Group title={texts.t("screens.settle.quarantine.notTaken")} end={texts.number(items.length)}>
          <Rows label={texts.t("screens.settle.quarantine.notTaken")}>
            {items.map((item) => (
              <NotTaken
                key={item.id}
                item={item}
                code={codeOf(item.case)}
                busy={dismissing.busy || trying.busy}
                onDismiss={() => void dismissing.act({ item: item.id })}
                {...(item.case === undefined || of !== undefined
                  ? {}
                  : { onTry: () => void (item.case && tryAgain(item.case)) })}
              />
            ))}
          </Rows>
        </Group>
      )}
    </Page>
  );
}

function NotTaken({
  item,
  code,
  busy,
  onDismiss,
  onTry,
}: {
  readonly item: Item;
  readonly code: string | undefined;
  readonly busy: boolean;
  readonly onDismiss: () => void;
  readonly onTry?: () => void;
}) {
  const texts = useTexts();
  const reason = asideReason(item.reason);
  return (
    <Row
      {...(code === undefined ? {} : { code })}
      title={texts.t(`screens.settle.aside.${reason}.what`)}
      note={texts.t("screens.settle.quarantine.from", {
        who: whoLabel(texts, item.sender),
        when: texts.dayAndClock(item.at),
        next: texts.t(`screens.settle.aside.${reason}.next`),
      })}
    >
      {onTry === undefined ? null : (
        <Button busy={busy} onPress={onTry}>
          {texts.t("screens.common.tryAgain")}
        </Button>
      )}
      <Button kind="quiet" busy={busy} onPress={onDismiss}>
        {texts.t("screens.settle.quarantine.dismiss")}
      </Button>
    </Row>
  );
}

/** Stored, and not in effect: with what it would set, and, where a person may decide, the way to take it. */
function Held({ of }: { readonly of: CaseId }) {
  const texts = useTexts();
  const held = useAsk("cases.held", { case: of }, { keep: true });
  const accepting = useAct("cases.acceptHeld");
  const shown = useNamesOf(of);
  const { show, cover } = useNames();
  const parts = held.value?.parts ?? [];
  const covers = parts.some(({ leaves, section }) =>
    leaves.some(({ path }) => {
      const found = section === undefined ? undefined : fieldAt(section.kind, path);
      return found !== undefined && section !== undefined && tellsWho(section.kind, found.meta);
    }),
  );
  return (
    <>
      <TroubleNotice trouble={held.trouble ?? accepting.trouble} />
      {held.value === undefined ? null : (
        <Group
          title={texts.t("screens.settle.held.title")}
          end={
            covers ? (
              <NamesState shown={shown} onShow={() => show(of)} onCover={cover} />
            ) : (
              texts.number(parts.length)
            )
          }
        >
          {parts.length === 0 ? (
            <p className={styles["foot"]}>{texts.t("screens.settle.held.none")}</p>
          ) : (
            <Rows label={texts.t("screens.settle.held.title")}>
              {parts.map((part) => (
                <HeldRow
                  key={part.part}
                  part={part}
                  shown={shown}
                  busy={accepting.busy}
                  onAccept={() => void accepting.act({ case: of, parts: [part.part] })}
                />
              ))}
            </Rows>
          )}
          {parts.some(({ why }) => mayAccept.has(why)) ? (
            <div className={styles["below"]}>
              <Note>
                <p>{texts.t("screens.settle.held.accepting")}</p>
              </Note>
            </div>
          ) : null}
        </Group>
      )}
    </>
  );
}

function HeldRow({
  part,
  shown,
  busy,
  onAccept,
}: {
  readonly part: HeldPart;
  readonly shown: boolean;
  readonly busy: boolean;
  readonly onAccept: () => void;
}) {
  const texts = useTexts();
  const reason = asideReason(part.why);
  const { section } = part;
  return (
    <Row
      title={section === undefined ? texts.t("screens.settle.held.newer") : sectionLabel(texts, section)}
      note={
        <>
          <span className={styles["why"]}>
            {texts.t(`screens.settle.aside.${reason}.what`)} {texts.t(`screens.settle.aside.${reason}.next`)}
          </span>
          {section === undefined
            ? null
            : part.leaves.map(({ path, value }) => {
                const meta = fieldAt(section.kind, path)?.meta;
                return (
                  <span key={path.join(".")} className={styles["leaf"]}>
                    <span>{fieldLabel(texts, section, path)}</span>
                    {value === undefined || value === null || meta === undefined ? (
                      <span>{texts.t("screens.field.emptied")}</span>
                    ) : (
                      <Covered shown={shown || !tellsWho(section.kind, meta)}>
                        {wordsOf(meta, value, { texts })}
                      </Covered>
                    )}
                  </span>
                );
              })}
        </>
      }
      end={whoLabel(texts, part.author)}
      endNote={part.at === undefined ? undefined : texts.dayAndClock(part.at)}
    >
      {mayAccept.has(part.why) ? (
        <Button busy={busy} onPress={onAccept}>
          {texts.t("screens.settle.held.accept")}
        </Button>
      ) : null}
    </Row>
  );
}
