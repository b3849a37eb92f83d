namespace SynapseFs.Crash.Tests.Working;

/// <summary>A system call of a worker failed: the mount was killed under it, or else something is wrong.</summary>
internal sealed class CallFailedException(string call, int errno) : Exception($"{call}: errno {errno} ({new System.ComponentModel.Win32Exception(errno).Message})")
{
    public int Errno { get; } = errno;
}
