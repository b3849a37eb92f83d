namespace SynapseFs.Server;

/// <summary>Whether Synapse answers, as GET /status tells it.</summary>
public enum StackState
{
    ReadWrite,

    /// <summary>Under maintenance; like <see cref="Down"/>, every call but /status and /version is answered 503.</summary>
    ReadOnly,
    Down,
}
