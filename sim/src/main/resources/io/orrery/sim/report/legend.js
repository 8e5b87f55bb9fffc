// The kinds of messages: what is shown of them, and in which colour.

class Legend {
  constructor(view) {
    this.view = view;
    this.model = view.model;
    this.box = document.getElementById('legend');
  }

  show() {
    const { box, view } = this;
    const families = new Map();
    for (const kind of this.model.kinds) {
      if (!families.has(kind.family)) {
        families.set(kind.family, []);
      }
      families.get(kind.family).push(kind);
    }
    const keep = box.scrollLeft;
    box.replaceChildren();
    const ordered = [...families].sort((a, b) => (a[0] === 'raft' ? -1 : b[0] === 'raft' ? 1 : sum(b[1]) - sum(a[1])));
    for (const [family, kinds] of ordered) {
      const name = element('button', 'family', family);
      name.title = 'Show or hide all of ' + family;
      name.addEventListener('click', () => {
        const on = kinds.some((kind) => !kind.isShown);
        kinds.forEach((kind) => (kind.isShown = on));
        this.view.refresh();
      });
      box.append(name);
      kinds.sort((a, b) => b.count - a.count).forEach((kind) => box.append(this.chip(kind)));
    }
    const lost = element('button', 'chip', 'lost only');
    lost.style.setProperty('--c', 'var(--bad)');
    lost.setAttribute('aria-pressed', String(view.isLostOnly));
    lost.style.textDecoration = 'none';
    lost.title = 'Only what never arrived (x)';
    lost.addEventListener('click', () => view.toggleLost());
    box.append(element('span', 'family', ''), lost);
    box.scrollLeft = keep;
  }

  chip(kind) {
    const chip = element('button', 'chip', kind.name + ' ', element('small', '', numberText(kind.count)));
    if (kind.lost > 0) {
      chip.append(element('small', 'lost', ' ×' + numberText(kind.lost)));
    }
    chip.style.setProperty('--c', kind.colour);
    chip.setAttribute('aria-pressed', String(kind.isShown));
    chip.title = `${numberText(kind.count)} sent, ${numberText(kind.lost)} lost. Click to hide or show; shift and click for this kind alone.`;
    chip.addEventListener('click', (e) => {
      if (e.shiftKey) {
        const isAlone = this.model.kinds.every((other) => other.isShown === (other === kind));
        this.model.kinds.forEach((other) => (other.isShown = isAlone || other === kind));
      } else {
        kind.isShown = !kind.isShown;
      }
      this.view.refresh();
    });
    return chip;
  }
}

function sum(kinds) {
  return kinds.reduce((total, kind) => total + kind.count, 0);
}
