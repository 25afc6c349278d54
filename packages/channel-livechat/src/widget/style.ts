/**
 * One constructed sheet for all widgets of a page. `all: initial` on the inner root shuts out what a page inherits into the
 * host with `!important`; only `color-scheme` comes through, since the theme follows the page and not the system. The text
 * on the accent is black or white by the luminance of WCAG, which is the y of XYZ: one of the two always reaches 4.5.
 * Written without indentation, each line continued by a backslash: this text is sent as it stands.
 */
const css = `[hidden]{display:none!important}\
:host{display:contents}\
.root{all:initial;color-scheme:inherit;\
--a:var(--guichet-accent,light-dark(#0b626e,#6cc6d1));\
--w:clamp(0,(.179 - y)*9999,1);\
--on:var(--guichet-on-accent,color(from var(--a) xyz-d65 calc(.9505*var(--w)) var(--w) calc(1.089*var(--w))));\
--s:var(--guichet-surface,light-dark(#fff,#191a1d));\
--s2:var(--guichet-surface-2,light-dark(#f0efeb,#222428));\
--t:var(--guichet-text,light-dark(#1b1c1e,#eceef0));\
--t2:var(--guichet-text-2,light-dark(#55585e,#abb0b7));\
--b:1px solid var(--guichet-border,light-dark(#e5e3dd,#2b2d32));\
--c:1px solid light-dark(#85888f,#6f757e);\
--bad:light-dark(#b3243b,#ff8797);--bad-s:light-dark(#fbe9ec,#3a1c22);\
--x:var(--guichet-offset-inline,20px);\
--y:calc(var(--guichet-offset-block,20px) + env(safe-area-inset-bottom));\
--shadow:0 6px 28px rgb(0 0 0/.16);\
font:15px/1.45 var(--guichet-font,"Inter Variable",Inter,system-ui,sans-serif);color:var(--t)}\
:host([theme=light]){color-scheme:light}\
:host([theme=dark]){color-scheme:dark}\
*,*::before{box-sizing:border-box}\
p,h2,ol,ul{margin:0;padding:0;list-style:none}\
h2{font-size:15px}\
b,h2,.badge,.avatar,.link,.jump,.choice button,.meta span,.part>button{font-weight:600}\
svg{width:22px;height:22px;flex:none;fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round}\
button,textarea,.field{font:inherit;color:inherit;margin:0;border:0;background:none}\
button,label{cursor:pointer;padding:0;transition:background-color .12s}\
input{accent-color:var(--a)}\
a{color:inherit}\
:focus-visible{outline:2px solid color-mix(in oklab,var(--a) 60%,var(--t));outline-offset:2px}\
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}\
.launcher,.panel{position:fixed;z-index:var(--guichet-z,2147483000);bottom:var(--y);inset-inline-end:var(--x);box-shadow:var(--shadow)}\
:host([position=start]) :is(.launcher,.panel){inset-inline:var(--x) auto}\
.launcher,.tool,.send{display:grid;place-items:center;flex:none}\
.launcher{width:56px;height:56px;border-radius:50%}\
.launcher,.avatar,.send,.mine .bubble{background:var(--a);color:var(--on)}\
.launcher[aria-expanded=true] svg:first-child,.launcher[aria-expanded=false] svg:last-child,:host(:is([inline],[launcher=hidden])) .launcher{display:none}\
.launcher:hover,.send:hover{filter:brightness(1.1)}\
.badge{position:absolute;top:-4px;inset-inline-end:-4px;min-width:22px;padding:0 6px;border-radius:11px;background:#b3243b;color:#fff;box-shadow:0 0 0 2px var(--s);font-size:12px;line-height:22px}\
.panel{display:flex;flex-direction:column;overflow:clip;bottom:calc(var(--y) + 72px);width:min(384px,100vw - 2*var(--x));height:min(640px,100dvh - var(--y) - 92px);background:var(--s);border:var(--b);border-radius:var(--guichet-radius,16px)}\
.panel,.menu{animation:enter .17s cubic-bezier(.2,.8,.2,1)}\
@keyframes enter{from{opacity:0;transform:translateY(8px)}}\
:host([launcher=hidden]) .panel{bottom:var(--y)}\
header{position:relative;display:flex;align-items:center;gap:6px;padding:10px;padding-inline-start:16px;border-bottom:var(--b)}\
.avatar{width:36px;height:36px;margin-inline-end:6px;border-radius:50%;line-height:36px;text-align:center;text-transform:uppercase}\
.who{flex:1;min-width:0;line-height:1.3}\
.who *,.chosen b{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}\
.who p,.meta,.day,.state,.empty,.file,.chosen li,.tool{color:var(--t2)}\
.who p,.banner,.file,.jump,.chosen li,.refused{font-size:13px}\
.tool{width:36px;height:36px;border-radius:8px}\
.tool:hover,.menu>:hover,.choice button:hover,a.file:hover,.part>button:hover{background:var(--s2);color:var(--t)}\
[aria-expanded].tool svg{stroke-width:3}\
.menu{position:absolute;z-index:2;top:52px;inset-inline-end:12px;padding:4px;border:var(--b);border-radius:12px;background:var(--s);box-shadow:var(--shadow)}\
.menu>*{display:flex;align-items:center;justify-content:space-between;gap:16px;width:100%;min-width:200px;min-height:40px;padding:0 10px;border-radius:8px;text-align:start}\
.banner{padding:8px 16px;background:light-dark(#fbf0dc,#352812);color:light-dark(#8a5200,#f0b65c)}\
.middle{position:relative;flex:1;min-height:0}\
.history{height:100%;overflow-y:auto;overscroll-behavior:contain}\
.history:focus-visible,textarea:focus-visible{outline-offset:-2px}\
.content{display:flex;flex-direction:column;justify-content:flex-end;min-height:100%;padding:16px}\
.empty{margin:auto;max-width:28ch;text-align:center}\
.day{margin:6px auto}\
.message{position:relative;display:flex;flex-direction:column;align-items:flex-start;gap:4px;margin-top:4px}\
.first{margin-top:14px}\
.mine{align-items:flex-end}\
.meta,.state,.day{padding:0 4px;font-size:12px}\
.bubble{background:var(--s2);white-space:pre-wrap}\
.sending .bubble{background:var(--s2);color:var(--t)}\
.failed .bubble{background:var(--bad-s);color:var(--t)}\
.mine .gone,.gone{background:none;border:var(--c);color:var(--t2)}\
.bubble :focus-visible{outline-color:currentColor}\
.picture,.file,.card{border:var(--b);overflow:clip}\
.bubble,.picture,.file,.part{max-width:82%;border-radius:12px;overflow-wrap:anywhere}\
img{display:block;max-width:100%;max-height:240px;min-width:48px;min-height:48px}\
.part{display:flex;flex-wrap:wrap;gap:8px}\
.card{flex-direction:column;gap:4px}\
form.card{width:82%;gap:10px}\
.card>p{white-space:pre-wrap}\
.part>button{min-height:36px;padding:0 14px;border:var(--c);border-radius:18px;overflow-wrap:anywhere}\
.part>[aria-pressed],form>button:not(:hover){background:var(--a);color:var(--on)}\
.part>:disabled:not([aria-pressed]){color:var(--t2)}\
.ask{display:grid;gap:4px}\
.ask:has([type=checkbox]){grid-template-columns:auto 1fr}\
.ask .bad{grid-column:1/-1;color:var(--bad);font-size:13px}\
.field{width:100%}\
[aria-invalid]{border-color:var(--bad)}\
.file,.state,.chosen li{display:flex;align-items:center;gap:6px}\
.bubble,.file,.card{padding:8px 12px;text-decoration:none}\
.file b,.chosen b{color:var(--t)}\
.state svg,.chosen svg{width:16px;height:16px}\
.failed .state,.refused{color:var(--bad)}\
.link{min-height:24px;text-decoration:underline}\
.typing{align-self:flex-start;display:flex;gap:4px;margin-top:8px;padding:14px 12px;border-radius:12px;background:var(--s2)}\
.typing i{width:6px;height:6px;border-radius:50%;background:var(--t2);animation:pulse 1s infinite}\
.typing i:nth-child(2){animation-delay:-.5s}\
.over{outline:3px dashed var(--a)}\
@keyframes pulse{50%{opacity:.3}}\
.jump{position:absolute;inset:auto 0 10px;width:max-content;margin:auto;height:36px;padding:0 14px;border:var(--b);border-radius:18px;background:var(--s);box-shadow:var(--shadow)}\
.composer,.choice{border-top:var(--b);padding:10px}\
.line{display:flex;align-items:flex-end;gap:6px}\
.line .tool,.send{height:44px;width:44px;border-radius:12px}\
textarea,.field{flex:1;min-width:0;min-height:44px;max-height:132px;padding:10px 12px;border:var(--c);border-radius:12px;background:var(--s);font-size:16px;line-height:22px;resize:none}\
textarea::placeholder{color:var(--t2);opacity:1}\
.send[aria-disabled=true]{background:var(--s2);color:var(--t2);cursor:default}\
.chosen li{padding-inline-start:10px;border:var(--b);border-radius:8px;margin-bottom:6px}\
.chosen b{flex:1}\
.refused{margin-bottom:8px;padding:6px 10px;border-radius:8px;background:var(--bad-s);overflow-wrap:anywhere}\
.choice{display:flex;flex-wrap:wrap;align-items:center;gap:8px;padding-inline:16px}\
.choice p{flex:1}\
.choice button{min-height:36px;padding:0 14px;border:var(--c);border-radius:8px}\
@media (pointer:coarse){.tool{width:44px;height:44px}.menu>*,.choice button,.part>button{min-height:44px}}\
@media (max-width:480px),(max-height:480px){.panel{inset:var(--top,0px) 0 auto!important;width:auto;height:var(--height,100dvh);border:0;border-radius:0;padding-block:env(safe-area-inset-top) env(safe-area-inset-bottom)}.launcher[aria-expanded=true]{display:none}}\
:host([inline]){display:block;height:min(640px,100dvh)}\
:host([inline]) .root{display:block;height:100%}\
:host([inline]) .panel{position:relative;inset:0!important;width:100%;height:100%;box-shadow:none}\
@media (prefers-reduced-motion:reduce){*{animation:none!important;transition:none!important}}\
@media (forced-colors:active){.launcher,.bubble,.send,.avatar{border:1px solid}}\
@media print{.root{display:none!important}}`

let made: CSSStyleSheet | undefined

/** Adopted, never a `<style>`: a strict policy refuses those. */
export const sheet = (): CSSStyleSheet => {
  if (made === undefined) {
    made = new CSSStyleSheet()
    made.replaceSync(css)
  }
  return made
}
