using SynapseFs.Api;
using SynapseFs.Server.World.Jobs;

namespace SynapseFs.Server.Tables.Writing;

/// <summary>One kind of entity that table transactions can change.</summary>
internal interface ITransactionKind
{
    /// <summary>The entity type's short name, such as entityview.</summary>
    string Kind { get; }

    /// <summary>
    /// Prepares the transaction, outside of the world's lock; what it returns writes it, in one transaction with the job's completion.
    /// The request's form is checked and the caller has UPDATE (to be asked again when it is written).
    /// </summary>
    /// <param name="job">On whose behalf.</param>
    /// <param name="tableId">The entity.</param>
    /// <param name="request">Changes, at least one unless a snapshot is asked for; they are all of this entity.</param>
    Func<TableUpdateTransactionResponse> Prepare(JobContext job, long tableId, TableUpdateTransactionRequest request);
}
