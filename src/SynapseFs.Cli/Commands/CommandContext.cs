using SynapseFs.Cli.Output;

namespace SynapseFs.Cli.Commands;

/// <summary>What every command is handed: the machine, the terminal, the clock.</summary>
internal sealed record CommandContext(Surroundings Surroundings, Terminal Terminal, TimeProvider Time);
