using SynapseFs.Api;
using SynapseFs.Server.World;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.Tables.Queries;

/// <summary>The files behind a query's rows: what they weigh, and what stands between the caller and them.</summary>
internal sealed class QueryFiles(SynapseWorld world)
{
    private const int MostActions = 50;

    /// <summary>Bytes of the versions' files; what is no file weighs nothing.</summary>
    public long Sum(IReadOnlyList<(long Id, long Version)> versions) => world.Transact(() => versions.Sum(row =>
        world.Versions.Get(row.Id, row.Version)?.FileHandleId is { } handle
            ? world.FileHandles.Get(handle)?.Document.ContentSize ?? 0
            : 0));

    /// <summary>The actions that downloads of these files need, most wanted first.</summary>
    public IReadOnlyList<QueryActionCount> Actions(Caller caller, IReadOnlyList<long> ids) => world.Transact(() =>
        (IReadOnlyList<QueryActionCount>)
        [
            .. ids.SelectMany(id => world.AccessView.DownloadActions(caller, id).Actions).GroupBy(action => action)
                .Select(group => new QueryActionCount { Action = group.Key, Count = group.Count() })
                .OrderByDescending(action => action.Count)
                .Take(MostActions),
        ]);
}
