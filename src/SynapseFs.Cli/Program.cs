using System.Text;
using SynapseFs.Cli;
using SynapseFs.Cli.Commands;
using SynapseFs.Cli.Output;

// Names in a tree are UTF-8 whatever the locale says.
Console.OutputEncoding = Encoding.UTF8;
return await CommandLine.RunAsync(args, new CommandContext(Surroundings.Current(), Terminal.Standard(), TimeProvider.System));
