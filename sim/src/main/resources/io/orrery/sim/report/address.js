// What the page's address asks for, and what it says after each choice: a link to a moment.

class Address {
  constructor(view) {
    this.view = view;
    this.wait = 0;
  }

  /** What the address asks for: t=1.2s event=1234 span=50ms q=words axis=events cone=past theme=dark hide=Ping,Ack. */
  load() {
    const { view } = this;
    const { model } = view;
    const asked = new URLSearchParams(location.hash.slice(1));
    if (asked.get('theme')) {
      view.setTheme(asked.get('theme') === 'dark' ? 'dark' : 'light');
    }
    if (asked.get('cone')) {
      view.coneMode = ['past', 'off'].includes(asked.get('cone')) ? asked.get('cone') : 'decisive';
    }
    const hidden = (asked.get('hide') || '').toLowerCase().split(',');
    model.kinds.forEach((kind) => (kind.isShown = !hidden.includes(kind.name.toLowerCase()) && !hidden.includes(kind.family)));
    if (asked.get('axis') === 'events') {
      view.setAxis(true);
    }
    const t = parseTime(asked.get('t'));
    const span = parseTime(asked.get('span'));
    const index = asked.get('event') ? model.indexOf(Number(asked.get('event'))) : -1;
    if (index >= 0 || t !== null) {
      const middle = index >= 0 ? model.events.t[index] : t;
      const width = span !== null ? span : Math.min(model.end - model.begin, 2e8);
      view.setSpan(view.placeOf(middle - width / 2), view.placeOf(middle + width / 2));
    }
    if (index >= 0) {
      view.select(index);
    } else if (t !== null) {
      view.moveCursor(t, false);
    }
    if (asked.get('q')) {
      view.search.input.value = asked.get('q');
      view.search.run();
    }
    return index >= 0 || t !== null;
  }

  /** Soon, not at once: browsers limit how often an address may change. */
  save() {
    clearTimeout(this.wait);
    this.wait = setTimeout(() => this.saveNow(), 300);
  }

  saveNow() {
    const { view } = this;
    if (!view.isStarted) {
      return;
    }
    const said = new URLSearchParams();
    if (view.selected >= 0) {
      said.set('event', view.model.events.number[view.selected]);
    } else if (view.cursor !== null) {
      said.set('t', (view.timeOf(view.cursor) / 1e9).toFixed(9) + 's');
    }
    said.set('span', Math.round(view.timeOf(view.to) - view.timeOf(view.from)) + 'ns');
    if (view.coneMode !== 'decisive') {
      said.set('cone', view.coneMode);
    }
    if (view.isOrder) {
      said.set('axis', 'events');
    }
    if (view.query) {
      said.set('q', view.query);
    }
    const theme = document.documentElement.dataset.theme;
    if (theme) {
      said.set('theme', theme);
    }
    try {
      history.replaceState(null, '', '#' + said);
    } catch {
      // Some browsers refuse this for files; the page works without.
    }
  }
}

function parseTime(text) {
  const match = /^([\d.]+)(ns|us|ms|s)?$/.exec(text || '');
  return match ? Number(match[1]) * { ns: 1, us: 1e3, ms: 1e6, s: 1e9 }[match[2] || 's'] : null;
}
