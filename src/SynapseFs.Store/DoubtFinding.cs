namespace SynapseFs.Store;

/// <summary>Why a content is in doubt. The numbers lie on disk.</summary>
public enum DoubtFinding
{
    /// <summary>All of it was handed out, and it was not held against its MD5 yet.</summary>
    Unchecked = 0,

    /// <summary>It came with wrong bytes, and nobody was given any of them.</summary>
    Wrong = 1,

    /// <summary>It came with wrong bytes, and somebody was given some before that was known.</summary>
    Misled = 2,

    /// <summary>It came with wrong bytes twice.</summary>
    Refused = 3,
}
