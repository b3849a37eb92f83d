using SynapseFs.Server.Tables.Sql;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;

namespace SynapseFs.Server.Tables;

/// <summary>One kind of entity that SQL can name. It checks nothing about READ, which <see cref="TableSources"/> has done.</summary>
internal interface ISourceKind
{
    /// <summary>The entity type's short name, such as entityview.</summary>
    string Kind { get; }

    /// <summary>
    /// The source, with its index table brought up to date. Called outside of any transaction; the version in the key is null for the
    /// current one, and there for a snapshot that exists.
    /// </summary>
    SqlSource Require(Caller caller, Standing standing, TableKey key);
}
