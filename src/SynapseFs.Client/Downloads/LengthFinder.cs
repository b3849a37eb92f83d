using SynapseFs.Api;
using SynapseFs.Client.Elsewhere;
using SynapseFs.Client.Transport;

namespace SynapseFs.Client.Downloads;

/// <summary>
/// Asks the servers of registered addresses how long contents are that Synapse knows no length of. One try, briefly: the answer only
/// spares reading to the end. Hosts that did not answer are left alone for a while, so that a directory of dead links is still listed.
/// </summary>
internal sealed class LengthFinder(TransportParts parts, StoragesElsewhere elsewhere)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LeftAlone = TimeSpan.FromMinutes(1);

    private readonly WebStorage _web = new(parts.Connections);
    private readonly Lock _lock = new();

    // Guarded by _lock: hosts that did not answer, and when that was.
    private readonly Dictionary<string, long> _silent = new(StringComparer.Ordinal);

    /// <returns>Null: nobody can tell, or not now.</returns>
    public async Task<long?> FindAsync(FileHandle handle, CancellationToken cancellationToken)
    {
        if (handle.ConcreteType is not SynapseTypes.ExternalFileHandle
            || !Uri.TryCreate(handle.ExternalURL, UriKind.Absolute, out var address) || IsSilent(address.Authority))
            return null;
        using var brief = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        brief.CancelAfter(Patience);
        try
        {
            return address.Scheme switch
            {
                "http" or "https" => await OfWebAsync(address, brief.Token),
                SftpPath.Scheme => await elsewhere.SftpFiles.FindLengthAsync(address, brief.Token),
                _ => null,
            };
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested
            && (e is OperationCanceledException or SynapseException || RetryRule.Judge(e) is not Trouble.None))
        {
            lock (_lock)
                _silent[address.Authority] = parts.Time.GetTimestamp();
            return null;
        }
    }

    // Pages that are made anew for each reader tell lengths that do not hold; what can be had in ranges lies there as it is.
    private async Task<long?> OfWebAsync(Uri address, CancellationToken cancellationToken)
    {
        using var answer = await _web.HeadAsync(address, cancellationToken);
        return answer.IsSuccessStatusCode && answer.Headers.AcceptRanges.Contains("bytes") ? answer.Content.Headers.ContentLength : null;
    }

    private bool IsSilent(string host)
    {
        lock (_lock)
            return _silent.TryGetValue(host, out var since) && parts.Time.GetElapsedTime(since) < LeftAlone;
    }
}
