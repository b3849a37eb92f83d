using Microsoft.Extensions.Logging;
using SynapseFs.Server.World.Changes;

namespace SynapseFs.Server.World.Schemas;

/// <summary>
/// Follows the log of changes behind the writers and judges again what a change touches: an entity, what stands below a binding,
/// what is bound to a schema or to one that refers to it.
/// </summary>
internal sealed class SchemaFollower : IAsyncDisposable
{
    private const int Batch = 100;

    private readonly SynapseWorld _world;
    private readonly EntityValidation _validation;
    private readonly TimeSpan _delay;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    public SchemaFollower(SynapseWorld world, TimeSpan delay, TimeProvider time, ILogger logger)
    {
        (_world, _delay, _time, _logger) = (world, delay, time, logger);
        _validation = new EntityValidation(world, time);
        _work = Task.Run(WorkAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work;
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        var pause = TimeSpan.FromMilliseconds(Math.Clamp(_delay.TotalMilliseconds / 4, 25, 500));
        try
        {
            while (true)
            {
                await Task.Delay(pause, _time, _stop.Token);
                Follow();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // What is left is followed after the next start: progress is kept.
        }
    }

    private void Follow()
    {
        try
        {
            while (Step())
            {
                _stop.Token.ThrowIfCancellationRequested();
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.ValidationBroken(_logger, failure);
        }
    }

    /// <summary>One batch of changes; false: there is none that is old enough.</summary>
    private bool Step()
    {
        var due = _world.Transact(Due);
        foreach (var (id, isForced) in due.Nodes)
        {
            _stop.Token.ThrowIfCancellationRequested();
            Judge(id, isForced);
        }

        if (due.Last is { } last)
        {
            _world.Transact(() => _world.Database.Execute("UPDATE schema_progress SET number = @0 WHERE id = 1", last));
        }

        return due.Last is not null;
    }

    private void Judge(long id, bool isForced)
    {
        try
        {
            _validation.Run(id, isForced);
        }
        catch (Exception failure) when (!_stop.IsCancellationRequested)
        {
            Log.ValidationFailed(_logger, failure, id);
        }
    }

    private Work Due()
    {
        var seen = _world.Database.Number("SELECT number FROM schema_progress WHERE id = 1") ?? 0;
        var limit = _time.GetUtcNow().ToUnixTimeMilliseconds() - (long)_delay.TotalMilliseconds;
        var changes = _world.Changes.Since(seen, objectType: null, Batch).TakeWhile(change => change.ChangedOn <= limit).ToList();
        var nodes = new Dictionary<long, bool>();
        foreach (var change in changes)
        {
            Add(nodes, change);
        }

        return new Work(nodes, changes.Count == 0 ? null : changes[^1].Number);
    }

    private void Add(Dictionary<long, bool> nodes, ChangeRow change)
    {
        switch (change.ObjectType)
        {
            // Where something is bound, a container may have moved with all below it into or out of reach.
            case ChangeLog.Entity when change.Kind != ChangeLog.Delete && _world.SchemaBindings.HasAny:
                AddAll(nodes, _world.Nodes.Subtree(change.ObjectId), isForced: false);
                break;
            case SchemaBindings.ObjectType:
                AddAll(nodes, _world.Nodes.Subtree(change.ObjectId), isForced: true);
                break;
            case SchemaRegistry.ObjectType:
                var bound = _world.SchemaBindings.BoundTo(_world.SchemaTable.Dependants(change.ObjectId));
                AddAll(nodes, bound.SelectMany(_world.Nodes.Subtree), isForced: true);
                break;
            default:
                break;
        }
    }

    private static void AddAll(Dictionary<long, bool> nodes, IEnumerable<long> ids, bool isForced)
    {
        foreach (var id in ids)
        {
            nodes[id] = isForced || nodes.GetValueOrDefault(id);
        }
    }

    private sealed record Work(IReadOnlyDictionary<long, bool> Nodes, long? Last);
}
