// The 24 words open what a forgotten passphrase does not, and give one person a new passphrase.
import { useState, type FormEvent } from "react";
import type { Value } from "../../bridge/bridge.ts";
import { useAct } from "../../bridge/queries.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { NewPassphrase } from "../../parts/new-passphrase.tsx";
import { Button } from "../../ui/button.tsx";
import { Radios } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { TroubleNotice } from "../../ui/notice.tsx";
import { Acts, Head, Middle, type Chosen } from "./steps.tsx";
import styles from "./unlock.module.css";

type Recovered = Value<"vault.recover">;
type Member = Recovered["member"];
type Members = readonly { readonly member: Member; readonly name: string }[];

export function Recover({
  folder,
  onOpen,
  onLeave,
}: {
  readonly folder: Chosen;
  readonly onOpen: () => void;
  readonly onLeave: () => void;
}) {
  const texts = useTexts();
  const recover = useAct("vault.recover");
  const unlock = useAct("vault.unlock");
  const [words, setWords] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const [member, setMember] = useState<Member>();
  const [done, setDone] = useState<Recovered>();
  const which = recover.trouble?.type === "WhichMember" ? (recover.trouble["members"] as Members) : undefined;
  const [members, setMembers] = useState<Members>();
  const busy = recover.busy || unlock.busy;
  if (which !== undefined && which !== members) setMembers(which);
  const open = async (event: FormEvent) => {
    event.preventDefault();
    if (words.trim() === "" || passphrase === "" || busy) return;
    const set = await recover.act({
      folder: folder.token,
      words: words.trim().toLowerCase().split(/\s+/).join(" "),
      newPassphrase: passphrase,
      ...(member === undefined ? {} : { member }),
    });
    if (set === undefined) return;
    const opened = await unlock.act({ folder: folder.token, passphrase });
    if (opened === undefined) return;
    setWords("");
    setPassphrase("");
    if (set.signs) onOpen();
    else setDone(set);
  };
  if (done !== undefined)
    return (
      <Middle>
        <Head
          title={texts.t("screens.unlock.recoveredTitle")}
          lead={texts.t("screens.unlock.recoveredLead", { name: done.name })}
        />
        <div className={styles["acts"]}>
          <Button kind="first" autoFocus onPress={onOpen}>
            {texts.t("screens.unlock.readyGo")}
          </Button>
        </div>
      </Middle>
    );
  return (
    <Middle wide>
      <form className={styles["form"]} onSubmit={(event) => void open(event)}>
        <Head
          title={texts.t("screens.unlock.recoverTitle")}
          lead={texts.t("screens.unlock.recoverLead", { name: folder.name })}
        />
        <Field
          label={texts.t("screens.unlock.recoverWords")}
          help={texts.t("screens.unlock.recoverWordsHelp")}
          value={words}
          onChange={setWords}
          lines={3}
          maxLength={1_000}
          direction="ltr"
          width="full"
          autoFocus
        />
        <NewPassphrase value={passphrase} onChange={setPassphrase} />
        {members === undefined ? null : (
          <Radios
            label={texts.t("screens.unlock.recoverWho")}
            options={members.map((one) => ({ id: one.member, label: one.name }))}
            value={member}
            onChange={(now) => setMember(now)}
          />
        )}
        <TroubleNotice trouble={recover.trouble ?? unlock.trouble} />
        <Acts
          label={texts.t("screens.unlock.recoverOpen")}
          busy={busy}
          disabled={
            words.trim() === "" || passphrase === "" || (members !== undefined && member === undefined)
          }
          onBack={onLeave}
        />
      </form>
    </Middle>
  );
}
