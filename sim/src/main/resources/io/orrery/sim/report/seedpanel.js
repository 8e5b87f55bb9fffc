// The chosen seed: how it ended, the commands that show it again, what befell it and what it reached.

class SeedPanel {
  constructor(burn) {
    this.burn = burn;
    this.box = document.getElementById('seed');
  }

  show(i) {
    const { burn } = this;
    const seed = String(burn.seed[i]);
    const faults = burn.faults.filter((fault) => fault.has(i)).map((fault) => fault.name).sort();
    const marks = burn.marks.filter((mark) => mark.has(i)).sort((a, b) => a.seeds - b.seeds);
    this.box.replaceChildren(
      element('h2', '', 'Seed ' + seed, element('span', 'pill ' + burn.verdict[i], burn.verdict[i])),
      element('p', 'soft', `${burn.workload[i]}, ${burn.nodes[i]} nodes, ${numberText(burn.cellEvents[i])} events in ${(burn.millis[i] / 1e3).toFixed(1)} simulated s, ${numberText(burn.states[i])} abstract states, ${numberText(burn.freshStates[i])} of them new`),
    );
    if (burn.failure[i] !== '') {
      this.box.append(element('p', 'claim', burn.failure[i]));
    }
    this.box.append(this.command('replay it', burn.replay + seed), this.command('draw it', burn.report + seed));
    this.box.append(element('h3', '', `Faults · ${faults.length} kinds`), element('p', 'names', faults.join('  ') || 'none'));
    const list = element('ul');
    for (const mark of marks) {
      list.append(element('li', '', mark.name, element('small', '', percentText(mark.seeds / burn.count))));
    }
    this.box.append(element('h3', '', `Situations · ${marks.length}, rarest first`), list);
  }

  command(label, text) {
    const button = element('button', '', 'Copy');
    button.addEventListener('click', () => copyText(text, button));
    return element('div', 'command', element('small', '', label), element('code', '', text), button);
  }
}
