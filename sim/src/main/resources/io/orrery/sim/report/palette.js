// Colours: a hue per family of messages, told apart in light and dark and by most kinds of eyes; red is for trouble only.

const FAMILIES = {
  1: { name: 'gossip', hue: 174 },
  2: { name: 'gossip', hue: 174 },
  3: { name: 'owner log', hue: 282 },
  4: { name: 'raft', hue: 214 },
  5: { name: 'proposals', hue: 326 },
  6: { name: 'publishes', hue: 134 },
  7: { name: 'join', hue: 56 },
};
const OTHER_HUES = [214, 174, 282, 134, 326, 56, 196, 250];

function isDark() {
  const asked = document.documentElement.dataset.theme;
  return asked ? asked === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

/** Gives every kind of message its family and its colour. */
function colourKinds(model) {
  const strangers = [...new Set(model.kinds.map((kind) => kind.protocol))].filter((p) => !FAMILIES[p]).sort((a, b) => a - b);
  const ranks = new Map();
  const dark = isDark();
  [...model.kinds]
    .sort((a, b) => a.protocol - b.protocol || b.count - a.count)
    .forEach((kind) => {
      const known = FAMILIES[kind.protocol];
      kind.family = known ? known.name : 'protocol ' + kind.protocol;
      let hue = known ? known.hue : OTHER_HUES[strangers.indexOf(kind.protocol) % OTHER_HUES.length];
      let tribe = kind.family;
      if (/vote|elect|timeoutnow/i.test(kind.name)) {
        hue = 30;
        tribe += ' votes';
      }
      const rank = ranks.get(tribe) || 0;
      ranks.set(tribe, rank + 1);
      const step = rank % 4;
      kind.colour = dark
        ? `hsl(${hue + step * 7} ${70 - step * 9}% ${66 - step * 6}%)`
        : `hsl(${hue + step * 7} ${68 - step * 10}% ${36 + step * 6}%)`;
    });
}

/** The theme's colours, for canvases, which know no style sheets. */
function themeColours() {
  const style = getComputedStyle(document.documentElement);
  const colours = {};
  for (const name of [
    'paper', 'panel', 'ink', 'soft', 'faint', 'line', 'hair', 'accent', 'bad', 'leader', 'candidate', 'follower', 'learner', 'down',
    'paused', 'split', 'fault', 'clock', 'good', 'mark',
  ]) {
    colours[name] = style.getPropertyValue('--' + name).trim();
  }
  return colours;
}

function roleColour(colours, role) {
  if (/leader|primary|coordinator/i.test(role)) {
    return colours.leader;
  }
  if (/candidate/i.test(role)) {
    return colours.candidate;
  }
  return /learner|observer|secondary/i.test(role) ? colours.learner : colours.follower;
}
