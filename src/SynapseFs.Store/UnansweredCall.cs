namespace SynapseFs.Store;

/// <summary>
/// A call that was about to change something remote, and of which no answer is known: what is found there may be its work. An answer to a
/// later call about the same thing settles it.
/// </summary>
/// <param name="RemoteId">The thing.</param>
/// <param name="Content">The remote id of the content that it was to get; null when its content was not to change.</param>
/// <param name="Parent">The remote id of the directory where it was to be; null when its place was not to change.</param>
/// <param name="Name">The shown name that goes with <paramref name="Parent"/>.</param>
public sealed record UnansweredCall(string RemoteId, string? Content, string? Parent, string? Name);
