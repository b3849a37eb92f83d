using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Tables.Sql;
using SynapseFs.Server.World;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.Tables;

/// <summary>Finds what SQL names, by the kind of the entity.</summary>
internal sealed class TableSources(SynapseWorld world) : ISqlSources
{
    private readonly Dictionary<string, ISourceKind> _kinds = new(StringComparer.Ordinal);

    public void Add(ISourceKind kind) => _kinds.Add(kind.Kind, kind);

    public SqlSource Require(Caller caller, TableKey key)
    {
        var (standing, known) = world.Transact(() =>
        {
            var found = world.Access.Examine(caller, key.Id);
            if (!_kinds.ContainsKey(found.Node.Kind.ShortName))
            {
                throw ServiceException.BadRequest($"{key} is not a table or view");
            }

            found.Require(AccessTypes.Read);
            // The current number is the living table.
            var version = key.Version == found.Node.CurrentVersion ? null : key.Version;
            if (version is { } number)
            {
                world.Entities.RequireVersion(found.Node, number);
            }

            return (found, new TableKey(key.Id, version));
        });
        return _kinds[standing.Node.Kind.ShortName].Require(caller, standing, known);
    }
}
