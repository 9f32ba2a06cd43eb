/** The secrets in a call's URL. */
type AddressSecrets = { readonly userSig: string; readonly adminId: string };

/** Length of the pieces of a signature that are removed. Shorter ones are useless. */
const PIECE = 12;
const RUN = /[\w*+/=%-]{12,}/g;
/** Shorter IDs are ordinary words. */
const TELLING = 5;

/** Removes from answers what a server may echo of the URL, encoded or in pieces. */
export class EchoFilter {
  readonly userSig: string;
  readonly #pieces: ReadonlySet<string>;
  readonly #namedAdmin: RegExp;
  readonly #admin: RegExp | null;

  constructor({ userSig, adminId }: AddressSecrets) {
    this.userSig = userSig;
    const forms = [...signatureForms(userSig), ...base64Forms(`identifier=${adminId}`)];
    this.#pieces = new Set(forms.flatMap(pieces));
    const admin = adminForms(adminId).map(escapeForRegExp).join("|");
    const between = `(?:[\\s"'\\\\:=,[]|%(?:25)*(?:20|22|27|3A|3D|5C))+`;
    this.#namedAdmin = new RegExp(`(identifier${between})(?:${admin})(?![\\p{L}\\p{N}_])`, "giu");
    this.#admin =
      adminId.length < TELLING
        ? null
        : new RegExp(`(?<![\\p{L}\\p{N}_])(?:${admin})(?![\\p{L}\\p{N}_])`, "gu");
  }

  /** Returns the text of an answer, still valid JSON, without the signature and its owner. */
  clean(answer: string): string {
    const plain = withoutEscapes(answer)
      .replace(RUN, (run) => this.#conceal(run))
      .replace(INFO, (_, name: string, info: string) => name + this.#anonymous(info));
    // Nearly every long answer ends here: searching for a name is the slowest step.
    return NAME.test(plain) ? plain.replace(this.#namedAdmin, "$1[administrator]") : plain;
  }

  #conceal(run: string): string {
    let clean = "";
    let kept = 0;
    for (let at = 0; at + PIECE <= run.length; ) {
      let end = at;
      while (this.#pieces.has(run.slice(end, end + PIECE))) end++;
      if (end === at) {
        at++;
      } else {
        clean += `${run.slice(kept, at)}[signature]`;
        kept = at = end + PIECE - 1;
      }
    }
    return clean + run.slice(kept);
  }

  #anonymous(info: string): string {
    return this.#admin ? info.replace(this.#admin, "[administrator]") : info;
  }
}

/** In the API's own messages an ID can only be the administrator's or the subscriber's. */
const INFO = /("(?:Error|Result)Info"\s*:\s*)("(?:[^"\\]|\\.)*")/g;
const NAME = /identifier/i;
const ESCAPE = /\\(?:u00([2-7][\da-f])|[\s\S])/gi;

/** JSON may escape any letter, which would hide a signature from a search. */
function withoutEscapes(json: string): string {
  if (!json.includes("\\u00") && !json.includes("\\/")) return json;
  return json.replace(ESCAPE, (escaped, hex?: string) => {
    if (escaped === "\\/") return "/";
    const letter = hex && String.fromCharCode(Number.parseInt(hex, 16));
    return letter && !['"', "\\", "\x7f"].includes(letter) ? letter : escaped;
  });
}

function signatureForms(userSig: string): string[] {
  const standard = userSig.replaceAll("*", "+").replaceAll("-", "/").replaceAll("_", "=");
  const plain = [userSig, standard];
  const encoded = plain.flatMap((form) =>
    [/[*+/=]/g, /[*+/=_-]/g].flatMap((signs) => {
      const once = form.replace(signs, percentEncode);
      return [
        once,
        once.replace(/%../g, (code) => code.toLowerCase()),
        once.replaceAll("%", "%25"),
      ];
    }),
  );
  return [...plain, ...encoded, ...base64Forms(userSig)];
}

/** Base64 of a longer text depends on the position: three variants. */
function base64Forms(text: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
    const whole = Math.floor((bytes.length * 8) / 6);
    const form = bytes.toString("base64").slice(Math.ceil((before * 8) / 6), whole);
    return [form, form.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

function adminForms(adminId: string): string[] {
  const inJson = JSON.stringify(adminId).slice(1, -1);
  const inForm = new URLSearchParams({ "": adminId }).toString().slice(1);
  return [...new Set([adminId, inJson, inForm, encodeURIComponent(adminId)])];
}

function pieces(form: string): string[] {
  const count = Math.max(0, form.length - PIECE + 1);
  return Array.from({ length: count }, (_, at) => form.slice(at, at + PIECE));
}

function percentEncode(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
}

function escapeForRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
