using SynapseFs.Vfs;

namespace SynapseFs.Core.Sending;

/// <summary>Which extended attributes somebody waits to hear about. Its lock is a leaf.</summary>
internal sealed class XattrAnswers
{
    private readonly Lock _lock = new();
    private readonly List<Question> _open = [];

    public Question Ask(InodeNumber inode, string name)
    {
        var question = new Question(this, inode, name);
        lock (_lock)
            _open.Add(question);
        return question;
    }

    public bool IsAwaited(InodeNumber inode)
    {
        lock (_lock)
            return _open.Exists(question => question.Inode == inode);
    }

    /// <summary>Whoever waits for one of these hears it.</summary>
    /// <param name="names">Empty: all of the node.</param>
    public void Refused(InodeNumber inode, IReadOnlyCollection<string> names, FsException refusal)
    {
        lock (_lock)
        {
            foreach (var question in _open.Where(open => open.Inode == inode && (names.Count == 0 || names.Contains(open.Name))))
                question.Refusal = refusal;
        }
    }

    /// <summary>Somebody waits until this is disposed.</summary>
    internal sealed class Question(XattrAnswers answers, InodeNumber inode, string name) : IDisposable
    {
        private volatile FsException? _refusal;

        public InodeNumber Inode { get; } = inode;

        public string Name { get; } = name;

        public FsException? Refusal
        {
            get => _refusal;
            set => _refusal = value;
        }

        public void Dispose()
        {
            lock (answers._lock)
                answers._open.Remove(this);
        }
    }
}
