// What this program is, what it does not protect from, and whose work it is made of. Nothing here leads anywhere else.
import { useEffect, useState } from "react";
import { useAsk } from "../../bridge/queries.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { Button } from "../../ui/button.tsx";
import { Group } from "../../ui/frame.tsx";
import { Fact, Facts, Row, Rows } from "../../ui/rows.tsx";
import type { Shipped } from "./licences.ts";
import styles from "./settings.module.css";

const limits = ["unlocked", "made", "copies", "passphrase", "voice", "disk"] as const;

export function AboutPart() {
  const texts = useTexts();
  const about = useAsk("about.version", {});
  return (
    <>
      <div>
        <p>{texts.t("screens.settings.aboutNote")}</p>
        <Facts>
          <Fact label={texts.t("screens.settings.version")}>{about.value?.program}</Fact>
          <Fact label={texts.t("screens.settings.licence")}>Apache-2.0</Fact>
        </Facts>
      </div>
      <Group title={texts.t("screens.settings.limits.title")}>
        <ul className={styles["limits"]}>
          {limits.map((one) => (
            <li key={one}>{texts.t(`screens.settings.limits.${one}`)}</li>
          ))}
        </ul>
      </Group>
      <Licences />
    </>
  );
}

/** A long list, loaded when it is asked for. */
function Licences() {
  const texts = useTexts();
  const [all, setAll] = useState<readonly Shipped[]>();
  const [read, setRead] = useState<Shipped>();
  useEffect(() => void import("./licences.ts").then(({ shipped }) => setAll(shipped)), []);
  if (all === undefined) return null;
  return (
    <Group
      title={texts.t("screens.settings.madeOf")}
      end={texts.t("screens.settings.packages", { count: all.length })}
    >
      <Rows label={texts.t("screens.settings.madeOf")}>
        {all.map((one) => (
          <Row
            key={`${one.name} ${one.version}`}
            title={<bdi>{one.name}</bdi>}
            note={
              read === one ? (
                <span className={styles["licence"]} dir="ltr">
                  {one.words === "" ? texts.t("screens.settings.noWords") : one.words}
                </span>
              ) : undefined
            }
            end={<bdi>{one.licence}</bdi>}
            endNote={<bdi>{one.version}</bdi>}
          >
            <Button
              kind="quiet"
              expanded={read === one}
              label={texts.t("screens.settings.readLicence", {
                does: texts.t(read === one ? "screens.common.hide" : "screens.common.show"),
                name: one.name,
              })}
              onPress={() => setRead(read === one ? undefined : one)}
            >
              {texts.t(read === one ? "screens.common.hide" : "screens.common.show")}
            </Button>
          </Row>
        ))}
      </Rows>
    </Group>
  );
}
