namespace SynapseFs.Server.Tables.Sql;

/// <summary>Every value within a value, a condition or a select, itself first, in the order of the text.</summary>
internal static class SqlWalk
{
    public static IEnumerable<SqlValue> Values(SqlValue? value)
    {
        if (value is null)
        {
            yield break;
        }

        yield return value;
        foreach (var part in Children(value))
        {
            foreach (var inner in Values(part))
            {
                yield return inner;
            }
        }
    }

    public static IEnumerable<SqlValue> Values(SqlCondition? condition) => condition switch
    {
        null => [],
        OrCondition or => or.Terms.SelectMany(Values),
        AndCondition and => and.Factors.SelectMany(Values),
        NotCondition not => Values(not.Inner),
        ParenthesizedCondition inner => Values(inner.Inner),
        TruthTest test => Values(test.Inner),
        Comparison comparison => Values(comparison.Left).Concat(Values(comparison.Right)),
        BetweenCondition between => Values(between.Left).Concat(Values(between.Low)).Concat(Values(between.High)),
        InCondition among => Values(among.Left).Concat(among.Values.SelectMany(Values)),
        HasCondition has => Values(has.Left).Concat(has.Values.SelectMany(Values)),
        LikeCondition like => Values(like.Left).Concat(Values(like.Pattern)),
        IsCondition fact => Values(fact.Left),
        DoubleTest test => Values(test.Column),
        _ => [],
    };

    public static bool IsAggregate(QuerySpecification query) =>
        query.Quantifier == "DISTINCT" || query.GroupBy.Count > 0
        || (query.Columns ?? []).SelectMany(item => Values(item.Value)).Any(value => value is AggregateValue)
        || query.OrderBy.SelectMany(key => Values(key.Value)).Any(value => value is AggregateValue);

    private static IReadOnlyList<SqlValue> Children(SqlValue value) => value switch
    {
        ParenthesizedValue inner => [inner.Inner],
        SignedValue signed => [signed.Inner],
        ChainValue chain => [chain.First, .. chain.Rest.Select(link => link.Operand)],
        AggregateValue aggregate => [.. aggregate.Arguments, .. aggregate.OrderBy.Select(key => key.Value)],
        UnnestValue unnest => [unnest.Column],
        FunctionValue function => function.Arguments ?? [],
        AbbreviatedCaseValue shortened => shortened.Arguments,
        CastValue cast => [cast.Operand],
        CaseValue cases => [cases.Operand!, .. cases.Branches.SelectMany(Children), cases.Otherwise!],
        _ => [],
    };

    private static IEnumerable<SqlValue> Children(CaseBranch branch) =>
        Values(branch.Condition).Prepend(branch.Match!).Append(branch.Result);
}
