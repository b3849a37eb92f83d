using System.Collections.Concurrent;
using SynapseFs.Server.Errors;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.World.Jobs;

/// <summary>The asynchronous jobs: starts them, tells their state, wakes the runner and those who wait.</summary>
internal sealed class Jobs(Database database, JobTable table)
{
    private readonly Dictionary<string, JobKind> _kinds = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, TaskCompletionSource> _waiting = new();

    /// <summary>Called with the id of a job that was stored.</summary>
    public Action<long> Started { get; set; } = _ => { };

    public void Add(JobKind kind) => _kinds.Add(kind.ConcreteType, kind);

    public JobKind? Find(string? concreteType) => concreteType is null ? null : _kinds.GetValueOrDefault(concreteType);

    /// <summary>Stores the job and has it run; returns its id.</summary>
    public long Start(Caller caller, JobKind kind, string request)
    {
        if (caller.IsAnonymous)
        {
            throw ServiceException.Forbidden("Anonymous cannot start an asynchronous job.");
        }

        return database.Transact(() =>
        {
            kind.Check(caller, request);
            var id = table.Add(caller, kind.ConcreteType, request);
            _waiting[id] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            database.AfterCommit(() => Started(id));
            return id;
        });
    }

    /// <summary>The job, for whoever started it.</summary>
    public JobRow Require(Caller caller, long id)
    {
        var job = table.Get(id) ?? throw ServiceException.NotFound($"The job {id} does not exist");
        return job.UserId == caller.Id
            ? job
            : throw ServiceException.Forbidden("Only the user that started a job can access the job's status");
    }

    /// <summary>Waits a moment for the job's end: most are done at once, and a poll that waits saves the next.</summary>
    public async Task WaitAsync(long id, TimeSpan longest, CancellationToken cancellationToken)
    {
        if (_waiting.TryGetValue(id, out var end))
        {
            await Task.WhenAny(end.Task, Task.Delay(longest, cancellationToken));
        }
    }

    /// <summary>Wakes those who wait for the job.</summary>
    public void End(long id)
    {
        if (_waiting.TryRemove(id, out var end))
        {
            end.SetResult();
        }
    }
}
