using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Tables.Sql;
using SynapseFs.Server.Tables.Views;
using SynapseFs.Server.World;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.Tables.Defining;

/// <summary>
/// The tables that a defining query names, by their schemas alone: nothing is built and nobody's rights are asked, which is how Synapse
/// checks such a query. May be called within a transaction.
/// </summary>
internal sealed class SchemaSources(SynapseWorld world, TimeProvider time) : ISqlSources
{
    /// <summary>Views of views of views: a circle ends here.</summary>
    private const int Deepest = 8;

    private int _depth;

    public SqlSource Require(Caller caller, TableKey key)
    {
        var node = world.Nodes.Get(key.Id) ?? throw ServiceException.NotFound($"Resource: '{EntityIds.Text(key.Id)}' does not exist");
        if (!node.Kind.IsTable)
        {
            throw ServiceException.BadRequest($"{key} is not a table or view");
        }

        var version = key.Version is { } number ? world.Entities.RequireVersion(node, number) : world.Versions.Current(node);
        var known = key.Version == node.CurrentVersion ? key with { Version = null } : key;
        var sql = DefiningQuery.SqlOf(version);
        var kind = node.Kind.ShortName;
        var source = new SqlSource { Key = known, Kind = kind, Columns = world.Columns.Of(version), IsView = ViewDefinition.IsView(kind) };
        return kind switch
        {
            DefiningRules.VirtualTable => source with { DefiningSql = sql },
            DefiningRules.MaterializedView => source with { BenefactorColumns = Translate(sql!, isBuild: true).BenefactorColumns },
            _ => source,
        };
    }

    public ColumnModel? FindColumn(string id) => world.Columns.Of([id]) is [var column] ? column : null;

    public TranslatedQuery Translate(string sql, bool isBuild)
    {
        if (++_depth > Deepest)
        {
            throw ServiceException.BadRequest("Defining SQL cannot reference itself");
        }

        try
        {
            return new Translator(this, Caller.Nobody, time)
                .Translate(SynapseSql.Parse(sql), new TranslationOptions { IsBuild = isBuild, IncludeRowIds = false });
        }
        finally
        {
            _depth--;
        }
    }
}
