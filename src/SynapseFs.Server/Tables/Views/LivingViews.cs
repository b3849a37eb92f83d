using SynapseFs.Api;
using SynapseFs.Server.Tables.Index;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.Tables.Views;

/// <summary>What a view shows at one moment.</summary>
internal sealed record ViewContent(ViewDefinition Definition, IReadOnlyList<ColumnModel> Columns, IReadOnlyList<IndexRow> Rows);

/// <summary>
/// The index tables of views of one sort of object, which follow the world. Nothing here may be called within a transaction.
/// </summary>
internal abstract class LivingViews
{
    /// <summary>The views that follow the world: those that were asked for since the start.</summary>
    public abstract IReadOnlyList<long> Followed { get; }

    /// <summary>Builds the view unless it is there; returns the benefactors of its rows.</summary>
    public abstract IReadOnlyList<long> Ensure(long id, CancellationToken cancellationToken);

    /// <summary>Brings a view that is there up to date; one that is not, or is gone, is left alone.</summary>
    public abstract void Refresh(long id, CancellationToken cancellationToken);

    /// <summary>The rows as the world has them now, past the index.</summary>
    public abstract ViewContent Read(long id, CancellationToken cancellationToken);

    /// <summary>Those of the benefactors whose rows the caller sees.</summary>
    public abstract IReadOnlyList<long> Readable(Caller caller, IReadOnlyList<long> benefactors);
}
