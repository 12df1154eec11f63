// @ts-check
/** What a delegation does on its phone: each tap as the command that it is, and what the page shows once it is accepted. */

import { t } from "../i18n.js";
import { say } from "../page.js";
import { isListed, USUAL } from "./choices.js";
import { ownCapacity } from "./place.js";

/** @typedef {import("./screens.js").Intent} Intent */
/**
 * The page as its actions need it: both functions tell what is there at the time.
 * @typedef {{page: () => import("../page.js").Page, more: () => import("./screens.js").More | null,
 *            intend: (change: Partial<Intent>) => void, focusOn: (selector: string) => void}} Phone
 */

/** A list that changes often is published a little later: so long is waited before the view is asked for. */
const PATCH_DUE = 1_500;

/** What a tap that has not got through yet is said to be, by the reason. */
export function heldWord(/** @type {string} */ reason) {
  return reason === "unreachable" ? t("Not sent yet") : t("Not written down yet");
}

/** @param {Phone} phone @returns {import("./screens.js").Actions} */
export function actionsOf({ page, more, intend, focusOn }) {
  return {
    intend,
    second(change) {
      intend(change);
      // The safe one of the two buttons, or the one that was there before.
      queueMicrotask(() => focusOn(".thumb button"));
    },
    reconnect: () => page().link.retry(),

    async ask(choice) {
      const { kind, to, words } = choice;
      if (kind === "written-question") {
        finished(await send("ask", "write-question", { to, words }), { choice: { ...choice, words: "" }, again: false }, true);
        return;
      }
      const group = isListed(kind) && choice.as !== "" ? choice.as : null;
      const fields = {
        segment: page().store.view?.segment?.id, kind, group, also_national: group !== null && choice.also,
        ...(kind === "question" && { to }), ...(kind === "right-of-reply" && { statement: choice.statement }),
      };
      const answer = await send("ask", "request-floor", fields);
      let unseen = !isListed(kind);
      if (answer.ok && isListed(kind)) {
        page().store.asked({ id: answer.id, kind, capacity: group === null ? ownCapacity(page().store.own) : "group", group });
        const said = more()?.said(null, kind === "question" ? choice.words : "");
        const described = said && (await page().api.command("describe-request", { request: answer.id, ...said }));
        if (described && !described.ok) intend({ refused: described.message });
        else more()?.forget(null);
        unseen = !!described;
      }
      finished(answer, { choice: USUAL, again: false }, unseen);
    },

    async raise() {
      const fields = { segment: page().store.view?.segment?.id, kind: "point-of-order" };
      finished(await send("raise", "request-floor", fields), { raising: false }, true);
    },

    async withdraw(request) {
      const answer = await send("withdraw", "withdraw-request", { request });
      if (answer.ok) {
        more()?.withdrawn(request);
        page().store.withdrew(request);
      }
      finished(answer, { leaving: null }, true);
    },

    async letPass(request, place) {
      finished(await send("pass", "let-one-pass", { request, place }), { passing: null });
    },

    async about(request) {
      intend({ about: request ?? "" });
      queueMicrotask(() => focusOn("main"));
    },

    async describe(request) {
      const fields = more()?.said(request);
      // What is said of the next request is sent when it is made.
      if (request === null || !fields) return intend({ about: null });
      const answer = await send("describe", "describe-request", { request, ...fields });
      await finished(answer, { about: null }, true);
      if (answer.ok) more()?.forget(request);
    },

    async finish() {
      finished(await send("finish", "yield-floor", { holder: page().store.view?.floor?.id }), {});
    },
  };

  /** @param {NonNullable<Intent["sending"]>["what"]} what @param {string} type @param {Record<string, unknown>} fields */
  function send(what, type, fields) {
    intend({ sending: { what, held: null }, refused: null });
    const onHeld = (/** @type {string} */ reason) => {
      say(heldWord(reason));
      intend({ sending: { what, held: reason } });
    };
    return page().api.command(type, fields, { onHeld });
  }

  /** `unseen`: what has changed stands in no view, and is asked for. @param {import("../api.js").Accepted | import("../api.js").Rejected} answer @param {Partial<Intent>} change */
  async function finished(answer, change, unseen = false) {
    if (!answer.ok) {
      say(answer.message);
      intend({ sending: null, refused: answer.message });
      page().store.refresh("tap");
      return;
    }
    await shown(answer.version);
    if (unseen) await page().store.refresh("tap");
    intend({ ...change, sending: null });
  }

  /** Until the page shows what the server has accepted; a patch that does not come is fetched. @param {number} version */
  async function shown(version) {
    if (page().store.version >= version) return;
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, PATCH_DUE);
      const stop = page().store.onChange(() => {
        if (page().store.version < version) return;
        stop();
        clearTimeout(timer);
        resolve(null);
      });
    });
    if (page().store.version < version) await page().store.refresh("tap");
  }
}
