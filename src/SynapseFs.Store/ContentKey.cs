namespace SynapseFs.Store;

/// <summary>
/// Names immutable bytes: whatever is cached under a key is never stale, only unused.
/// </summary>
/// <param name="Id">Unique for the account's cache, as the remote service names the bytes; opaque here.</param>
/// <param name="Md5">MD5 of all bytes in 32 lower-case hex digits, or null when nobody knows it: then nothing can be verified.</param>
public readonly record struct ContentKey(string Id, string? Md5);
