package io.orrery.sim.scenario;

import java.util.ArrayList;
import java.util.List;

/** Reads the lines of {@link Hunt}. */
final class HuntParser implements FamilyParser {
    @Override
    public List<String> firstWords() {
        return List.of("hunt");
    }

    @Override
    public Fault parse(String first, Words words) {
        List<String> games = new ArrayList<>();
        for (Hunt.Game game : Hunt.Game.values()) {
            games.add(game.text());
        }
        return new Hunt(Hunt.Game.values()[games.indexOf(words.oneOf(games))]);
    }
}
