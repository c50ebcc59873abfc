// Who opens this vault: colleagues, her own passphrase, and passing the laptop to the next person.
import { UserPlus } from "lucide-react";
import { useState } from "react";
import type { Value } from "../../bridge/bridge.ts";
import { useAct, useAsk } from "../../bridge/queries.tsx";
import { lock, useSession } from "../../bridge/session.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { NewPassphrase } from "../../parts/new-passphrase.tsx";
import { Button } from "../../ui/button.tsx";
import { Field, Passphrase } from "../../ui/field.tsx";
import { TroubleNotice } from "../../ui/notice.tsx";
import { Row, Rows } from "../../ui/rows.tsx";
import { Done, InPlace, Part } from "./part.tsx";

export function PeoplePart() {
  const texts = useTexts();
  return (
    <>
      <Members />
      <MyPassphrase />
      <Part title={texts.t("screens.settings.switch")} note={texts.t("screens.settings.switchNote")}>
        <Button onPress={() => void lock()}>{texts.t("screens.settings.switchGo")}</Button>
      </Part>
    </>
  );
}

type Member = Value<"members.list">["members"][number];

function Members() {
  const texts = useTexts();
  const session = useSession();
  const members = useAsk("members.list", {});
  const remove = useAct("members.remove");
  const [leaving, setLeaving] = useState<Member>();
  const [said, setSaid] = useState<string>();
  const noteOf = (one: Member) =>
    one.member === session.member?.id
      ? texts.t("screens.settings.you")
      : !one.active
        ? texts.t("screens.settings.inactive")
        : one.recovers
          ? undefined
          : texts.t("screens.settings.noRecover");
  const take = async (one: Member) => {
    const removed = await remove.act({ member: one.member });
    if (removed === undefined) return;
    setLeaving(undefined);
    setSaid(texts.t("screens.settings.removed", { name: one.name, cases: removed.cases }));
  };
  return (
    <Part title={texts.t("screens.settings.members")} note={texts.t("screens.settings.membersNote")}>
      <TroubleNotice trouble={members.trouble} />
      <section>
        <Rows label={texts.t("screens.settings.members")}>
          {members.value?.members.map((one) => {
            const note = noteOf(one);
            return (
              <Row key={one.member} title={<bdi>{one.name}</bdi>} {...(note === undefined ? {} : { note })}>
                {!one.active || one.member === session.member?.id ? null : (
                  <Button
                    onPress={() => {
                      setSaid(undefined);
                      setLeaving(one);
                    }}
                  >
                    {texts.t("screens.settings.remove")}
                  </Button>
                )}
              </Row>
            );
          })}
        </Rows>
      </section>
      {said === undefined ? null : <Done>{said}</Done>}
      {leaving === undefined ? (
        <AddMember />
      ) : (
        <InPlace
          act={texts.t("screens.settings.removeGo", { name: leaving.name })}
          danger
          ready
          busy={remove.busy}
          trouble={remove.trouble}
          onAct={() => void take(leaving)}
          onCancel={() => {
            remove.forget();
            setLeaving(undefined);
          }}
        >
          <p>{texts.t("screens.settings.removeAsk", { name: leaving.name })}</p>
        </InPlace>
      )}
    </Part>
  );
}

function AddMember() {
  const texts = useTexts();
  const add = useAct("members.add");
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const [added, setAdded] = useState<string>();
  const close = () => {
    add.forget();
    setName("");
    setPassphrase("");
    setOpen(false);
  };
  const go = async () => {
    const made = await add.act({ name: name.trim(), newPassphrase: passphrase });
    if (made === undefined) return;
    setAdded(name.trim());
    close();
  };
  return open ? (
    <InPlace
      act={texts.t("screens.settings.addGo")}
      ready={name.trim() !== "" && passphrase !== ""}
      busy={add.busy}
      trouble={add.trouble}
      onAct={() => void go()}
      onCancel={close}
    >
      <Field
        label={texts.t("screens.settings.addName")}
        value={name}
        onChange={setName}
        maxLength={200}
        autoFocus
      />
      <p>{texts.t("screens.settings.addNote")}</p>
      <NewPassphrase value={passphrase} onChange={setPassphrase} />
    </InPlace>
  ) : (
    <>
      {added === undefined ? null : <Done>{texts.t("screens.settings.added", { name: added })}</Done>}
      <Button
        icon={<UserPlus aria-hidden />}
        onPress={() => {
          setAdded(undefined);
          setOpen(true);
        }}
      >
        {texts.t("screens.settings.add")}
      </Button>
    </>
  );
}

function MyPassphrase() {
  const texts = useTexts();
  const change = useAct("vault.changePassphrase");
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState(false);
  const [now, setNow] = useState("");
  const [next, setNext] = useState("");
  const close = () => {
    change.forget();
    setNow("");
    setNext("");
    setOpen(false);
  };
  const go = async () => {
    const changed = await change.act({ passphrase: now, newPassphrase: next });
    if (changed === undefined) return;
    setDone(true);
    close();
  };
  return (
    <Part title={texts.t("screens.settings.mine")} note={texts.t("screens.settings.mineNote")}>
      {open ? (
        <InPlace
          act={texts.t("screens.settings.mineGo")}
          ready={now !== "" && next !== ""}
          busy={change.busy}
          trouble={change.trouble}
          onAct={() => void go()}
          onCancel={close}
        >
          <Passphrase label={texts.t("screens.settings.mineNow")} value={now} onChange={setNow} autoFocus />
          <NewPassphrase value={next} onChange={setNext} />
        </InPlace>
      ) : (
        <>
          {done ? <Done>{texts.t("screens.settings.mineDone")}</Done> : null}
          <Button
            onPress={() => {
              setDone(false);
              setOpen(true);
            }}
          >
            {texts.t("screens.settings.mineChange")}
          </Button>
        </>
      )}
    </Part>
  );
}
