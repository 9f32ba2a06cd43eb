import type { Channel } from "./channel";
import { EPOCH } from "./channel";

const CONTROLS = "\u0000\u0001\u0007\u0008\u000b\u001b[31m\u007f\r\n\t";
const ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff";
const FLOOD = "\u0300\u0316\u0334\u0489\u0591".repeat(20);

/** Channels whose texts and addresses try to do more than show. */
export const hostileChannels: readonly Channel[] = [
  hostile(1, "<script>window.hacked=1</script>", "javascript:window.hacked=1", {
    Introduction: '<img src=x onerror="window.hacked=1">',
    Organization: "</td></tr></table><h1>Signed out</h1>",
    CustomString: '{"html":"</script><script>window.hacked=1</script>"}',
  }),
  hostile(2, '"><svg onload=window.hacked=1>', "data:text/html,<script>window.hacked=1</script>", {
    Introduction: "{{constructor.constructor('window.hacked=1')()}} <%= 7*7 %>",
    Organization: "[click](javascript:window.hacked=1)",
  }),
  hostile(3, "=cmd|' /C calc'!A0", "file:///etc/passwd", {
    Introduction: '=HYPERLINK("http://evil.example","Sign in again")',
    Organization: "@SUM(1+1)*cmd|' /C calc'!A0",
    CustomString: "+1+1\t-2+3",
  }),
  hostile(4, "-1+1", "//evil.example/avatar.png", {
    Introduction: '\t=1+1","=2+2"',
    Organization: "\r=1+1",
    CustomString: "＝1+1;|calc",
  }),
  hostile(5, "\u202egnp.slennahc\u202c \u2067txet\u2069", "http://admin:pass@evil.example/a.png", {
    Introduction: "Pay \u202e001$\u202c to \u200fשלום\u200e now",
    Organization: "\u061cمرحبا بكم\u202b unclosed",
  }),
  hostile(6, `Ze${ZERO_WIDTH}ro wid${ZERO_WIDTH}th`, " javascript:window.hacked=1", {
    Introduction: `Be${CONTROLS}ep`,
    Organization: "Tencent\u00a0\u3000Ⅽhat",
    CustomString: CONTROLS,
  }),
  hostile(7, "W".repeat(600), "HTTP://EVIL.EXAMPLE:99999/", {
    Introduction: "no-break".repeat(200),
    Organization: "\u6f22".repeat(600),
  }),
  hostile(8, "👩‍👩‍👧‍👦🏴󠁧󠁢󠁳󠁣󠁴󠁿🧑🏽‍🚀 \u{1f1fa}\u{1f1f3}", "blob:http://evil.example/1", {
    Introduction: "\u{1f600}".repeat(100),
    Organization: "\ud83d alone",
  }),
  hostile(9, `Z${FLOOD}a${FLOOD}lgo`, "vbscript:msgbox(1)", { Introduction: FLOOD }),
  hostile(10, "   ", "http://", { Introduction: "\u2028\u2029", Organization: "null" }),
  hostile(11, "__proto__", "http://127.0.0.1:1/logout?next=//evil.example", {
    Introduction: "constructor",
    CustomString: '{"__proto__":{"admin":true}}',
  }),
  hostile(12, "'; DROP TABLE channels; --", "https://evil.example/%00%0d%0aSet-Cookie:a=b", {
    Introduction: "%s %n {{7*7}} #{7*7} \\u003cscript\\u003e",
    Organization: "..\\..\\etc/passwd",
  }),
];

type Texts = Partial<Pick<Channel, "Introduction" | "Organization" | "CustomString">>;

function hostile(number: number, name: string, url: string, texts: Texts): Channel {
  return {
    Official_Account: `@TOA#_hostile_${number}`,
    Name: name,
    Owner_Account: "fault-hostile",
    Introduction: "",
    Organization: "",
    CustomString: "",
    ...texts,
    CreateTime: EPOCH - number * 86_400,
    face: { url },
    subscribers: { count: 1000 * number, perDay: 1 },
    messages: { at: EPOCH, every: 3600 },
  };
}
