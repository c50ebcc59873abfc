// Who works on a case: which office answers for it, who else may see or write, and handing it over.
import { useState } from "react";
import type { ContactId } from "../../../shared/vocabulary/ids.ts";
import { useAct, useAsk } from "../../bridge/queries.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { useCase } from "../../parts/case-file.tsx";
import { Button } from "../../ui/button.tsx";
import { Select, Tick } from "../../ui/choice.tsx";
import { Group } from "../../ui/frame.tsx";
import { TroubleNotice } from "../../ui/notice.tsx";
import { Row, Rows } from "../../ui/rows.tsx";

export function Team() {
  const open = useCase();
  const texts = useTexts();
  const contacts = useAsk("contacts.list", {});
  const give = useAct("cases.giveRole");
  const take = useAct("cases.takeRole");
  const offer = useAct("cases.offerHandover");
  const accept = useAct("cases.acceptHandover");
  const [contact, setContact] = useState<ContactId>();
  const [role, setRole] = useState<"co-manager" | "viewer">("co-manager");
  const [yes, setYes] = useState(false);
  const weAnswer = open.overview.row.role === "steward";
  const verified = (contacts.value?.contacts ?? []).filter(({ trust }) => trust === "verified");
  const options = verified.map((one) => ({ id: one.contact, label: one.name, note: one.officeName }));
  return (
    <>
      <Group title={texts.t("screens.case.team")}>
        <Rows>
          {open.overview.offices.map((one) => (
            <Row
              key={one.office}
              title={one.name ?? texts.t("screens.common.somebody")}
              note={texts.t(`screens.case.roles.${one.role}`)}
            >
              {weAnswer && one.role !== "steward" ? (
                <Button
                  kind="quiet"
                  busy={take.busy}
                  onPress={() =>
                    void take.act({ case: open.case, from: { office: one.office }, why: "replaced" })
                  }
                >
                  {texts.t("screens.case.takeRole")}
                </Button>
              ) : null}
            </Row>
          ))}
        </Rows>
        <TroubleNotice trouble={take.trouble} />
      </Group>
      {weAnswer ? (
        <Group title={texts.t("screens.case.bringIn")}>
          {options.length === 0 ? (
            <p>{texts.t("screens.case.noVerified")}</p>
          ) : (
            <>
              <Select
                label={texts.t("screens.case.whom")}
                options={options}
                value={contact}
                onChange={setContact}
              />
              <Select
                label={texts.t("screens.case.asWhat")}
                options={(["co-manager", "viewer"] as const).map((id) => ({
                  id,
                  label: texts.t(`screens.case.roles.${id}`),
                }))}
                value={role}
                onChange={setRole}
              />
              <Tick value={yes} onChange={setYes}>
                {texts.t("screens.case.mayRecordYes")}
              </Tick>
              <div>
                <Button
                  busy={give.busy}
                  disabled={contact === undefined}
                  onPress={() =>
                    contact === undefined
                      ? undefined
                      : void give.act({ case: open.case, contact, role, mayRecordYes: yes })
                  }
                >
                  {texts.t("screens.case.bring")}
                </Button>{" "}
                <Button
                  kind="quiet"
                  busy={offer.busy}
                  disabled={contact === undefined}
                  onPress={() =>
                    contact === undefined
                      ? undefined
                      : void offer.act({
                          case: open.case,
                          contact,
                          agreed: { how: "telephone", at: Date.now() },
                          then: "co-manager",
                        })
                  }
                >
                  {texts.t("screens.case.offer")}
                </Button>
              </div>
              <TroubleNotice trouble={give.trouble ?? offer.trouble} />
            </>
          )}
        </Group>
      ) : (
        <div>
          <Button busy={accept.busy} onPress={() => void accept.act({ case: open.case })}>
            {texts.t("screens.case.accept")}
          </Button>
          <TroubleNotice trouble={accept.trouble} />
        </div>
      )}
    </>
  );
}
