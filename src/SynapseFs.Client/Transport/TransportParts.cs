using Microsoft.Extensions.Logging;
using SynapseFs.Client.Governing;

namespace SynapseFs.Client.Transport;

/// <summary>What calls and transfers of one client share.</summary>
internal sealed record TransportParts(
    Connections Connections, Governor Governor, Governor StorageGovernor, Reachability Reachability, ClientMeter Meter, TimeProvider Time,
    ILogger Log);
