using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SynapseFs.Core.Writing;

/// <summary>What became of changes otherwise than a person would expect, for the log and for <c>status</c>. The oldest go first.</summary>
internal sealed class Notices(ILogger log)
{
    private const int Most = 50;
    private readonly ConcurrentQueue<string> _sentences = new();

    public IReadOnlyList<string> All => [.. _sentences];

    public void Add(string sentence)
    {
        // A name with a line break in it must not look like two sentences.
        sentence = string.Concat(sentence.Select(letter => char.IsControl(letter) ? '\uFFFD' : letter));
        // A program that tries again and again is told of once.
        if (_sentences.Contains(sentence))
            return;
        Log.Noticed(log, sentence);
        _sentences.Enqueue(sentence);
        while (_sentences.Count > Most)
            _sentences.TryDequeue(out _);
    }
}
