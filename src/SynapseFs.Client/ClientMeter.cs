using System.Diagnostics.Metrics;
using SynapseFs.Client.Transport;

namespace SynapseFs.Client;

/// <summary>The meter <c>SynapseFs.Client</c>: what this client costs the service and the network.</summary>
internal sealed class ClientMeter : IDisposable
{
    private readonly Meter _meter = new("SynapseFs.Client");
    private readonly Counter<long> _calls;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _throttled;
    private readonly Counter<long> _downloaded;
    private readonly Counter<long> _uploaded;
    private readonly Counter<long> _leases;

    public ClientMeter()
    {
        _calls = _meter.CreateCounter<long>("synapsefs.client.calls", "{call}", "Calls sent, tries counted apart.");
        _retries = _meter.CreateCounter<long>("synapsefs.client.retries", "{call}", "Tries after the first.");
        _throttled = _meter.CreateCounter<long>("synapsefs.client.throttled", "{call}", "Answers 429.");
        _downloaded = _meter.CreateCounter<long>("synapsefs.client.downloaded", "By", "Bytes read from the storage.");
        _uploaded = _meter.CreateCounter<long>("synapsefs.client.uploaded", "By", "Bytes sent to the storage.");
        _leases = _meter.CreateCounter<long>("synapsefs.client.leases", "{address}",
            "Pre-signed addresses received: each counts as a download at Synapse.");
    }

    public void Call(SynapseService service) => _calls.Add(1, Of(service));

    public void Retry(SynapseService service) => _retries.Add(1, Of(service));

    public void Throttled(SynapseService service) => _throttled.Add(1, Of(service));

    public void Downloaded(long bytes) => _downloaded.Add(bytes);

    public void Uploaded(long bytes) => _uploaded.Add(bytes);

    public void Leased(long count) => _leases.Add(count);

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Of(SynapseService service) => new("service", service.ToString().ToLowerInvariant());
}
