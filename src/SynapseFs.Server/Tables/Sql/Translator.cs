using SynapseFs.Api;
using SynapseFs.Server.Tables.Columns;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.Tables.Sql;

/// <summary>
/// Turns a parsed query into SQLite's SQL over the index tables. Nothing that a user wrote gets into the text but through
/// <see cref="SqlBindings"/>: names are those of columns and tables that were found. Source: QueryTranslator.
/// </summary>
internal sealed class Translator(ISqlSources sources, Caller caller, TimeProvider time)
{
    public const string NoJoin = "The JOIN keyword is not supported in this context";
    private const string NoUnion = "The UNION keyword is not supported in this context";
    private const string NoGroup = "The defining SQL of a materialized view with a view dependency cannot include a group by clause";
    private const string OneInner = "A CTE must have one and only one inner query.";
    private const string NoDefiningWhere =
        "DEFINING_WHERE can only be used with a common table expression with a single inner query";

    private const int DeepestVirtual = 8;

    private readonly Dictionary<TableKey, SqlSource> _known = [];
    private readonly List<TableKey> _read = [];
    private readonly List<string> _with = [];
    private readonly HashSet<TableKey> _written = [];
    private int _depth;

    public TranslatedQuery Translate(QuerySpecification query, TranslationOptions options) =>
        Translate(new QueryExpression([], [new UnionPart(null, query, IsParenthesized: false)]), options);

    public TranslatedQuery Translate(QueryExpression query, TranslationOptions options)
    {
        var bindings = new SqlBindings();
        var context = new StatementContext(bindings, Column, caller.Id, time.GetUtcNow(), options);
        if (query.With.Count > 1)
        {
            throw SqlErrors.Refused(OneInner);
        }

        RequirePlain(query, options);
        if (query.With is [var inner])
        {
            AddInner(inner, query.First.DefiningWhere, context);
        }

        var parts = query.Parts.Select(part => Part(part.Select, context)).ToList();
        if (query.With.Count == 0 && query.First.DefiningWhere is not null && parts[0].Scope.Tables[0].Source.DefiningSql is null)
        {
            throw SqlErrors.Refused(NoDefiningWhere);
        }

        return Compose(query, parts, context, bindings);
    }

    private TranslatedQuery Compose(QueryExpression query, List<SelectPart> parts, StatementContext context, SqlBindings bindings)
    {
        var options = context.Options;
        var first = parts[0];
        var source = first.Scope.Tables[0].Source;
        var isVirtual = query.With.Count > 0 || source.DefiningSql is not null;
        var isAggregate = parts.Exists(part => part.Select.IsAggregate);
        var columns = SelectHeaders.Of(first.Select.Items, first.Scope, Column, isAggregate);
        var schemas = parts.Select(part => SelectHeaders.Schema(part.Select.Items, part.Scope, Column)).ToList();
        var benefactors = options.IsBuild
            ? BenefactorsOf(parts, isAggregate)
            : new Benefactors([.. parts.Select(_ => new List<string>())], []);
        var hasRowIds = options is { IsBuild: false, IncludeRowIds: true } && !isAggregate && !isVirtual;
        var hasEtag = hasRowIds && options.IncludeEtag && source.IsView;
        List<string> leading = [.. hasRowIds ? (string[])["A0.ROW_ID", "A0.ROW_VERSION"] : [], .. hasEtag ? (string[])["A0.ROW_ETAG"] : []];
        var most = options.MaxBytes is { } bytes ? Math.Max(1, bytes / Math.Max(1, RowWidth(columns, first.Scope))) : (long?)null;
        var pagination = Limited(query.First.Pagination, most);
        var selects = parts.Select((part, i) =>
        {
            var page = i == 0 ? pagination : query.Parts[i].Select.Pagination;
            var text = part.Select.Translate(leading, benefactors.OfParts[i], page);
            // SQLite knows no parentheses around the parts of a union.
            return parts.Count > 1 ? $"SELECT * FROM ({text})" : text;
        });
        var united = string.Concat(selects.Select((text, i) =>
            i == 0 ? text : $" UNION {(query.Parts[i].Quantifier == "ALL" ? "ALL " : "")}{text}"));
        return new TranslatedQuery
        {
            Sql = _with.Count > 0 ? $"WITH {string.Join(", ", _with)} {united}" : united,
            Parameters = bindings.Values,
            Columns = columns,
            Schema = Widest(schemas),
            Source = source,
            TableColumns = [.. first.Scope.Columns],
            Sources = _read,
            HasRowIds = hasRowIds,
            HasEtag = hasEtag,
            IsAggregate = isAggregate,
            MaxRowsPerPage = most,
            BenefactorColumns = benefactors.Names,
        };
    }

    private SelectPart Part(QuerySpecification query, StatementContext context)
    {
        var scope = TableScope.Of(query.From, key => Require(key, query.DefiningWhere, context));
        return new SelectPart(new SelectTranslator(query, scope, context), scope);
    }

    private SqlSource Require(TableKey key, SqlCondition? definingWhere, StatementContext context)
    {
        if (!_known.TryGetValue(key, out var source))
        {
            _known.Add(key, source = sources.Require(caller, key));
            _read.Add(key);
        }

        if (source.DefiningSql is { } sql && _written.Add(key))
        {
            if (++_depth > DeepestVirtual)
            {
                throw SqlErrors.Refused("Defining SQL cannot reference itself");
            }

            var inner = SynapseSql.Parse(sql);
            if (inner.Parts.Count != 1 || inner.With.Count > 0 || inner.First.From.Joins.Count > 0)
            {
                throw SqlErrors.Refused(NoJoin);
            }

            AddWith(source, inner.First, definingWhere, context);
            _depth--;
        }

        return source;
    }

    // WITH syn5 AS (select): the columns of syn5, by what the select yields.
    private void AddInner(WithElement element, SqlCondition? definingWhere, StatementContext context)
    {
        if (element.Parts.Count != 1)
        {
            throw SqlErrors.Refused(NoUnion);
        }

        var key = TableScope.Key(element.Name.Text);
        var source = _known[key] = sources.Require(caller, key);
        _written.Add(key);
        AddWith(source, element.Parts[0].Select, definingWhere, context);
    }

    private void AddWith(SqlSource source, QuerySpecification inner, SqlCondition? definingWhere, StatementContext context)
    {
        var narrowed = definingWhere is null ? inner : inner with { Where = And(inner.Where, definingWhere) };
        var part = Part(narrowed, context);
        if (part.Select.Items.Count != source.Columns.Count)
        {
            throw SqlErrors.Refused($"The columns of {source.Key} are not those of its defining SQL.");
        }

        var columns = string.Join(", ", source.Columns.Select(IndexNames.Column));
        _with.Add($"{IndexNames.Table(source.Key)}({columns}) AS ({part.Select.Translate([], [], narrowed.Pagination)})");
    }

    public static SqlCondition And(SqlCondition? left, SqlCondition right) =>
        left is null ? right : new AndCondition([new ParenthesizedCondition(left), new ParenthesizedCondition(right)]);

    private static void RequirePlain(QueryExpression query, TranslationOptions options)
    {
        if (options.IsBuild)
        {
            return;
        }

        if (query.Parts.Count > 1)
        {
            throw SqlErrors.Refused(NoUnion);
        }

        if (query.First.From.Joins.Count > 0)
        {
            throw SqlErrors.Refused(NoJoin);
        }
    }

    // For each view among the sources a column, in the order in which they are named; -1 in the selects that do not read it.
    private static Benefactors BenefactorsOf(List<SelectPart> parts, bool isAggregate)
    {
        var tables = parts.SelectMany((part, i) => part.Scope.Tables.Select(table => (Part: i, Table: table))).ToList();
        var ofParts = parts.Select(_ => new List<string>()).ToList();
        var names = new List<string>();
        for (var index = 0; index < tables.Count; index++)
        {
            foreach (var column in tables[index].Table.Source.BenefactorColumns)
            {
                names.Add($"{column}_A{index}");
                for (var i = 0; i < parts.Count; i++)
                {
                    ofParts[i].Add(i == tables[index].Part ? $"ifnull({tables[index].Table.Alias}.{column}, -1)" : "-1");
                }
            }
        }

        return names.Count > 0 && isAggregate ? throw SqlErrors.Refused(NoGroup) : new Benefactors(ofParts, names);
    }

    private static Pagination? Limited(Pagination? asked, long? most) =>
        most is not { } limit ? asked
        : asked is null ? new Pagination(limit, 0)
        : asked.Limit > limit ? asked with { Limit = limit }
        : asked;

    private static long RowWidth(IReadOnlyList<SelectColumn> columns, TableScope scope)
    {
        var known = new Dictionary<string, ColumnModel>(StringComparer.Ordinal);
        foreach (var column in scope.Columns)
        {
            known.TryAdd(column.Name ?? "", column);
        }

        return columns.Sum(column => known.TryGetValue(column.Name ?? "", out var model)
            ? ColumnTypes.Width(model)
            : ColumnTypes.Width(column.ColumnType));
    }

    // The first select names the columns; each is as wide as in the widest of the others.
    private static IReadOnlyList<ColumnModel> Widest(List<IReadOnlyList<ColumnModel>> schemas)
    {
        if (schemas.Exists(schema => schema.Count != schemas[0].Count))
        {
            return schemas[0];
        }

        return
        [
            .. schemas[0].Select((column, i) => column with
            {
                MaximumSize = schemas.Max(schema => schema[i].MaximumSize),
                MaximumListLength = schemas.Max(schema => schema[i].MaximumListLength),
            }),
        ];
    }

    private ColumnModel Column(string id) =>
        _known.Values.SelectMany(source => source.Columns).FirstOrDefault(column => column.Id == id)
        ?? sources.FindColumn(id)
        ?? throw Errors.ServiceException.NotFound($"ColumnModel with id: '{id}' does not exist");

    private sealed record Benefactors(List<List<string>> OfParts, List<string> Names);

    private sealed record SelectPart(SelectTranslator Select, TableScope Scope);
}
