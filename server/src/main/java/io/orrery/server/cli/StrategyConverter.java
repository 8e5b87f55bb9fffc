package io.orrery.server.cli;

import io.orrery.server.simulation.Strategy;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Strategies by the names that are typed, and by no others. */
final class StrategyConverter implements ITypeConverter<Strategy> {
    @Override
    public Strategy convert(String text) {
        for (Strategy strategy : Strategy.values()) {
            if (strategy.toString().equals(text)) {
                return strategy;
            }
        }
        throw new TypeConversionException("'" + text + "' is none of " + List.of(Strategy.values()));
    }
}
