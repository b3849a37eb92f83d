using System.Collections.Concurrent;
using SynapseFs.Core.Searching;
using SynapseFs.Entities.Finding;
using SynapseFs.Vfs;

namespace SynapseFs.Cli.Finding;

/// <summary>A search in the mount's process: runs once, and gives away what it found in the meantime.</summary>
/// <exception cref="FsException">InvalidArgument: one of the terms is none.</exception>
internal sealed class RunningFind(TreeWalk walk, FindRequest request)
{
    private readonly ConcurrentQueue<FoundThing> _found = [];
    private readonly FindTerms _terms = FindTerms.Parse(request.Terms);
    private volatile IReadOnlyList<string> _unknownKeys = [];

    /// <summary>Looks at everything; returns how many match.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var node in walk.RunAsync(cancellationToken))
        {
            if (!_terms.Match(node.Xattrs) || (request.Type is { } type && node.Type != type))
                continue;
            _found.Enqueue(new FoundThing(node.Path, node.Type, node.RemoteId.Length > 0 ? node.RemoteId : null));
            count++;
        }

        _unknownKeys = _terms.UnknownKeys;
        return count;
    }

    /// <summary>What was found since this was last asked.</summary>
    public FindStep Next()
    {
        // Before the things: what it counts is among them or comes next.
        var standing = walk.Standing;
        var things = new List<FoundThing>();
        while (_found.TryDequeue(out var thing))
            things.Add(thing);
        return new FindStep(things, standing, _unknownKeys);
    }
}
