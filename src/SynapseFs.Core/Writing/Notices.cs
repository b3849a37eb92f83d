using Microsoft.Extensions.Logging;

namespace SynapseFs.Core.Writing;

/// <summary>
/// What became of changes otherwise than a person would expect, for the log and for <c>status</c>. The latest stands last, the oldest go
/// first. Thread-safe.
/// </summary>
internal sealed class Notices(ILogger log)
{
    private const int Most = 50;

    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly List<string> _sentences = [];

    public IReadOnlyList<string> All
    {
        get
        {
            lock (_lock)
                return [.. _sentences];
        }
    }

    /// <summary>A name with a line break in it must not look like two sentences.</summary>
    public static string OnOneLine(string sentence) =>
        string.Concat(sentence.Select(letter => char.IsControl(letter) ? '\uFFFD' : letter));

    public void Add(string sentence)
    {
        sentence = OnOneLine(sentence);
        lock (_lock)
        {
            var isNew = !_sentences.Remove(sentence);
            _sentences.Add(sentence);
            if (_sentences.Count > Most)
                _sentences.RemoveAt(0);
            // A program that tries again and again is told of once.
            if (!isNew)
                return;
        }

        Log.Noticed(log, sentence);
    }
}
