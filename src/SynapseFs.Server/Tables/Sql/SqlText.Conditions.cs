namespace SynapseFs.Server.Tables.Sql;

/// <summary>Conditions.</summary>
internal sealed partial class SqlText
{
    private void Write(SqlCondition condition)
    {
        switch (condition)
        {
            case OrCondition or:
                Join(or.Terms, " OR ", Write);
                break;
            case AndCondition and:
                Join(and.Factors, " AND ", Write);
                break;
            case NotCondition not:
                Add("NOT ");
                Write(not.Inner);
                break;
            case ParenthesizedCondition inner:
                Add("( ");
                Write(inner.Inner);
                Add(" )");
                break;
            case TruthTest test:
                Write(test.Inner);
                Add($" IS {Not(test.IsNot)}{test.Word}");
                break;
            case Comparison comparison:
                Write(comparison.Left);
                Add($" {comparison.Operator} ");
                Write(comparison.Right);
                break;
            case BetweenCondition between:
                Write(between.Left);
                Add($" {Not(between.IsNot)}BETWEEN ");
                Write(between.Low);
                Add(" AND ");
                Write(between.High);
                break;
            case InCondition among:
                Write(among.Left);
                Add($" {Not(among.IsNot)}IN ( ");
                Join(among.Values, ", ", Write);
                Add(" )");
                break;
            case HasCondition has:
                Write(has.Left);
                Add($" {Not(has.IsNot)}{(has.IsLike ? "HAS_LIKE" : "HAS")} ( ");
                Join(has.Values, ", ", Write);
                Add(" )");
                Escape(has.Escape);
                break;
            case LikeCondition like:
                Write(like.Left);
                Add($" {Not(like.IsNot)}LIKE ");
                Write(like.Pattern);
                Escape(like.Escape);
                break;
            case IsCondition fact:
                Write(fact.Left);
                Add($" IS {Not(fact.IsNot)}{fact.Word}");
                break;
            case DoubleTest test:
                Add(test.Name + "(");
                Write(test.Column);
                Add(")");
                break;
            case TextMatches matches:
                Add($"TEXT_MATCHES({Quoted(matches.Words)})");
                break;
            default:
                throw new InvalidOperationException($"{condition.GetType().Name} has no text.");
        }
    }

    private void Escape(SqlValue? escape)
    {
        if (escape is not null)
        {
            Add(" ESCAPE ");
            Write(escape);
        }
    }
}
