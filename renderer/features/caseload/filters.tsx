// Which cases are shown: by stage, by our part in them, by what needs us; and such a choice kept under a name.
import { useState } from "react";
import { caseStages } from "../../../shared/vocabulary/sections/plan.ts";
import { useAct, useAsk } from "../../bridge/queries.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { Button } from "../../ui/button.tsx";
import { Select } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { TroubleNotice } from "../../ui/notice.tsx";
import { sameView, type useView, type View } from "./filter.ts";
import styles from "./caseload.module.css";

const roles = ["steward", "co-manager", "viewer", "none"] as const;
const needs = ["overdue", "soon", "conflict", "held", "stopped"] as const;
const all = "";
type Any = typeof all;

export function Filters({
  view,
  setView,
  stages,
}: {
  readonly view: View;
  readonly setView: ReturnType<typeof useView>[1];
  readonly stages: Readonly<Record<string, number>>;
}) {
  const texts = useTexts();
  const saved = useAsk("desk.views", {});
  const keeping = useAct("desk.keepView");
  const dropping = useAct("desk.dropView");
  const [name, setName] = useState<string>();
  const views = saved.value?.views ?? [];
  const current = views.find((one) => sameView(one.view, view));
  const filtered = Object.keys(view).length > 0;
  const keep = async () => {
    const wanted = name?.trim() ?? "";
    if (wanted !== "" && (await keeping.act({ name: wanted, view })) !== undefined) setName(undefined);
  };
  const any = (key: "anyStage" | "anyRole" | "anyNeed") => ({
    id: all as Any,
    label: texts.t(`screens.caseload.${key}`),
  });
  return (
    <>
      <div className={styles["filters"]}>
        {views.length === 0 ? null : (
          <Select
            label={texts.t("screens.caseload.view")}
            width="short"
            placeholder={texts.t("screens.caseload.noView")}
            options={[
              { id: all, label: texts.t("screens.caseload.allCases") },
              ...views.map((one) => ({ id: `view ${one.name}`, label: one.name })),
            ]}
            value={current === undefined ? (filtered ? undefined : all) : `view ${current.name}`}
            onChange={(id) => setView(views.find((one) => `view ${one.name}` === id)?.view ?? {})}
          />
        )}
        <Select
          label={texts.t("screens.caseload.stage")}
          width="short"
          options={[
            any("anyStage"),
            ...caseStages
              .filter((stage) => stages[stage] !== undefined || stage === view.stage)
              .map((stage) => ({
                id: stage,
                label: texts.t("screens.caseload.stageCount", {
                  stage: texts.word(stage),
                  count: stages[stage] ?? 0,
                }),
              })),
          ]}
          value={view.stage ?? all}
          onChange={(stage) => setView({ ...view, stage })}
        />
        <Select<Any | (typeof roles)[number]>
          label={texts.t("screens.caseload.ourPart")}
          width="short"
          options={[
            any("anyRole"),
            ...roles.map((role) => ({ id: role, label: texts.t(`screens.caseload.role.${role}`) })),
          ]}
          value={view.role ?? all}
          onChange={(role) => setView({ ...view, role: role === all ? undefined : role })}
        />
        <Select<Any | (typeof needs)[number]>
          label={texts.t("screens.caseload.need")}
          width="short"
          options={[
            any("anyNeed"),
            ...needs.map((need) => ({ id: need, label: texts.t(`screens.caseload.mark.${need}`) })),
          ]}
          value={view.attention ?? all}
          onChange={(need) => setView({ ...view, attention: need === all ? undefined : need })}
        />
        {current !== undefined ? (
          <Button kind="quiet" onPress={() => void dropping.act({ name: current.name })}>
            {texts.t("screens.caseload.dropView")}
          </Button>
        ) : filtered && name === undefined ? (
          <Button kind="quiet" onPress={() => setName("")}>
            {texts.t("screens.caseload.keepView")}
          </Button>
        ) : null}
      </div>
      {name === undefined || current !== undefined ? null : (
        <div className={styles["filters"]}>
          <Field
            label={texts.t("screens.caseload.viewName")}
            value={name}
            onChange={setName}
            maxLength={100}
            autoFocus
            onKeyDown={(event) => {
              if (event.key === "Enter") void keep();
              else if (event.key === "Escape") setName(undefined);
            }}
          />
          <Button onPress={() => void keep()} busy={keeping.busy} disabled={name.trim() === ""}>
            {texts.t("screens.caseload.keepIt")}
          </Button>
          <Button kind="quiet" onPress={() => setName(undefined)}>
            {texts.t("screens.common.cancel")}
          </Button>
        </div>
      )}
      <TroubleNotice trouble={keeping.trouble ?? dropping.trouble} />
    </>
  );
}
