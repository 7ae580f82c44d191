<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>%1 is %2: start it first</source>
        <translation>%1 %2：请先启动它</translation>
    </message>
    <message>
        <source>%1 is paused: resume it first</source>
        <translation>%1 已暂停：请先恢复运行</translation>
    </message>
    <message>
        <source>%1 is %2: wait until it runs</source>
        <translation>%1 %2：请等它运行起来</translation>
    </message>
    <message>
        <source>%1 is paused: resume it instead</source>
        <translation>%1 已暂停：请改用“恢复”</translation>
    </message>
    <message>
        <source>%1 is running already</source>
        <translation>%1 已在运行</translation>
    </message>
    <message>
        <source>%1 is %2 already</source>
        <translation>%1 已经%2</translation>
    </message>
    <message>
        <source>%1 is stopped already</source>
        <translation>%1 已经停止</translation>
    </message>
    <message>
        <source>%1 is %2: there is nothing to stop</source>
        <translation>%1 %2：没有可停止的</translation>
    </message>
    <message>
        <source>%1 is paused: resume it first, or kill it</source>
        <translation>%1 已暂停：请先恢复，或强制结束</translation>
    </message>
    <message>
        <source>%1 is %2, not paused</source>
        <translation>%1 %2，并未暂停</translation>
    </message>
    <message>
        <source>%1 is paused already</source>
        <translation>%1 已经暂停</translation>
    </message>
    <message>
        <source>%1 is being created: wait until it is there</source>
        <translation>%1 正在创建：请等它创建完成</translation>
    </message>
    <message>
        <source>it no longer exists</source>
        <translation>它已不存在</translation>
    </message>
    <message>
        <source>%1 is busy: %2</source>
        <translation>%1 正忙：%2</translation>
    </message>
    <message>
        <source>%1 was not made by Diptych: rename it where it was made</source>
        <translation>%1 不是由 Diptych 创建的：请在创建它的地方重命名</translation>
    </message>
    <message>
        <source>%1 has no twin: select two instances to compare</source>
        <translation>%1 没有孪生实例：请选择两个实例进行对比</translation>
    </message>
    <message>
        <source>select two instances to compare</source>
        <translation>请选择两个实例进行对比</translation>
    </message>
    <message>
        <source>select an instance first</source>
        <translation>请先选择一个实例</translation>
    </message>
    <message>
        <source>not connected to the helper</source>
        <translation>未连接到助手程序</translation>
    </message>
    <message>
        <source>select only one instance for this</source>
        <translation>此操作只能选择一个实例</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Kill</source>
        <translation>强制结束</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>重启</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Change limits</source>
        <translation>修改限额</translation>
    </message>
    <message>
        <source>Open terminal</source>
        <translation>打开终端</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Start the selected instances</source>
        <translation>启动所选实例</translation>
    </message>
    <message>
        <source>Ask the selected instances to end, and end them by force when they do not</source>
        <translation>请所选实例结束，若不结束则强制结束</translation>
    </message>
    <message>
        <source>End the selected instances at once; what they have not written is lost</source>
        <translation>立即结束所选实例；尚未写入的内容会丢失</translation>
    </message>
    <message>
        <source>Freeze the selected instances; they keep their memory</source>
        <translation>冻结所选实例；它们保留内存内容</translation>
    </message>
    <message>
        <source>Let the paused instances go on</source>
        <translation>让已暂停的实例继续运行</translation>
    </message>
    <message>
        <source>Stop the selected instances and start them again</source>
        <translation>停止所选实例并重新启动</translation>
    </message>
    <message>
        <source>Give the instance another name</source>
        <translation>给实例换一个名字</translation>
    </message>
    <message>
        <source>Show what would be deleted and what stays, then decide</source>
        <translation>先列出会删除什么、保留什么，再决定</translation>
    </message>
    <message>
        <source>Change CPU, memory and process limits, at once when it runs</source>
        <translation>修改 CPU、内存和进程数限额，运行时立即生效</translation>
    </message>
    <message>
        <source>A shell inside the container, or the machine&apos;s serial console</source>
        <translation>容器内的 shell，或虚拟机的串口控制台</translation>
    </message>
    <message>
        <source>Show two instances side by side: walls, evidence, start, costs</source>
        <translation>并排显示两个实例：隔离墙、证据、启动过程、开销</translation>
    </message>
    <message>
        <source>%1 is %2: stop it first</source>
        <translation>%1 处于“%2”状态：请先停止</translation>
    </message>
    <message>
        <source>%1 was not made from an image of this host</source>
        <translation>%1 不是由本机的镜像创建的</translation>
    </message>
    <message>
        <source>Show changes</source>
        <translation>显示更改</translation>
    </message>
    <message>
        <source>Commit as image…</source>
        <translation>提交为镜像…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>List what the container changed in its image</source>
        <translation>列出容器在其镜像中更改了什么</translation>
    </message>
    <message>
        <source>Save it as a disk or an appliance for other programs</source>
        <translation>保存为磁盘或设备包，供其他程序使用</translation>
    </message>
    <message>
        <source>%1 is a virtual machine: what it writes is inside its disk. Commit or export it instead</source>
        <translation>%1 是虚拟机：它写入的内容在其磁盘里。请改为提交或导出</translation>
    </message>
    <message>
        <source>Make an image of what the container, or the disk of a stopped machine, is now</source>
        <translation>将容器或已停止虚拟机的磁盘的当前内容做成镜像</translation>
    </message>
    <message>
        <source>Take a wall down…</source>
        <translation>拆掉一面墙…</translation>
    </message>
    <message>
        <source>%1 was not made here: there is nothing inside that could try anything</source>
        <translation>%1 不是在这里创建的：里面没有可以进行尝试的程序</translation>
    </message>
    <message>
        <source>See what a wall holds back, on a throw-away copy</source>
        <translation>在一个一次性副本上查看一道墙挡住了什么</translation>
    </message>
</context>
<context>
    <name>Adviser</name>
    <message>
        <source>Twins, because you want to see the difference.</source>
        <translation>孪生：因为您想看到两者的差别。</translation>
    </message>
    <message>
        <source>For real use of this kind: a virtual machine.</source>
        <translation>若真正投入使用：选虚拟机。</translation>
    </message>
    <message>
        <source>For real use of this kind: a container.</source>
        <translation>若真正投入使用：选容器。</translation>
    </message>
    <message>
        <source>A virtual machine: a container can only use the host&apos;s kernel.</source>
        <translation>虚拟机：容器只能使用宿主机的内核。</translation>
    </message>
    <message>
        <source>A virtual machine: a bug in the kernel inside stays inside, where a container&apos;s would reach the host.</source>
        <translation>虚拟机：内部内核的漏洞留在内部，而容器的内核漏洞会波及宿主机。</translation>
    </message>
    <message>
        <source>A container: it starts no kernel and keeps none in memory.</source>
        <translation>容器：不必启动内核，也不在内存中保留内核。</translation>
    </message>
    <message>
        <source>A virtual machine: its wall holds when the kernel has a bug. It starts later and costs more memory; no tick above can make a shared kernel safer.</source>
        <translation>虚拟机：内核有漏洞时，它的墙依然牢靠。它启动较慢、占用内存较多；但共享的内核不会因为上面的其他选项而更安全。</translation>
    </message>
</context>
<context>
    <name>Appliance</name>
    <message>
        <source>This is no OVA: it can&apos;t be read as a tar archive.</source>
        <translation>这不是 OVA：无法作为 tar 归档读取。</translation>
    </message>
    <message>
        <source>The file&apos;s name is too long: give it a shorter one.</source>
        <translation>文件名太长：请改用较短的名称。</translation>
    </message>
    <message>
        <source>The descriptor is larger than 512 KiB.</source>
        <translation>描述文件大于 512 KiB。</translation>
    </message>
    <message>
        <source>There is no OVF descriptor in it.</source>
        <translation>其中没有 OVF 描述文件。</translation>
    </message>
</context>
<context>
    <name>Attempt</name>
    <message>
        <source>It lists names or counts.</source>
        <translation>它只列出名称或数量。</translation>
    </message>
    <message>
        <source>It is opened for reading and closed; nothing is read.</source>
        <translation>以只读方式打开后即关闭；不读取任何内容。</translation>
    </message>
    <message>
        <source>It is opened for writing and closed; nothing is written.</source>
        <translation>以写方式打开后即关闭；不写入任何内容。</translation>
    </message>
    <message>
        <source>With a value that the kernel takes from nobody: it first looks whether one may, then refuses the value.</source>
        <translation>使用内核不会接受的值：内核先检查是否有权限，然后拒绝该值。</translation>
    </message>
    <message>
        <source>It is made for the copy alone and closed at once.</source>
        <translation>只为副本创建，随即关闭。</translation>
    </message>
    <message>
        <source>See processes of this machine</source>
        <translation>看到本机的进程</translation>
    </message>
    <message>
        <source>Signal one of them</source>
        <translation>向其中一个发送信号</translation>
    </message>
    <message>
        <source>Signal 0 is delivered to nobody.</source>
        <translation>信号 0 不会送达任何进程。</translation>
    </message>
    <message>
        <source>Read one&apos;s memory</source>
        <translation>读取其中一个的内存</translation>
    </message>
    <message>
        <source>Be root of this machine</source>
        <translation>成为本机的 root</translation>
    </message>
    <message>
        <source>Trace a process (ptrace)</source>
        <translation>跟踪进程（ptrace）</translation>
    </message>
    <message>
        <source>A child of its own, which ends.</source>
        <translation>它自己的子进程，随后结束。</translation>
    </message>
    <message>
        <source>See this machine&apos;s name</source>
        <translation>看到本机的名称</translation>
    </message>
    <message>
        <source>Change the host name</source>
        <translation>更改主机名</translation>
    </message>
    <message>
        <source>See this machine&apos;s shared memory</source>
        <translation>看到本机的共享内存</translation>
    </message>
    <message>
        <source>See its place among the control groups</source>
        <translation>看到自己在控制组中的位置</translation>
    </message>
    <message>
        <source>Set the clock</source>
        <translation>设置时钟</translation>
    </message>
    <message>
        <source>Read the kernel&apos;s log</source>
        <translation>读取内核日志</translation>
    </message>
    <message>
        <source>The messages stay where they are, and only their length is told.</source>
        <translation>消息保留原处，只报告其长度。</translation>
    </message>
    <message>
        <source>Load a kernel module</source>
        <translation>加载内核模块</translation>
    </message>
    <message>
        <source>Restart (reboot)</source>
        <translation>重启（reboot）</translation>
    </message>
    <message>
        <source>Read hidden files of /proc and /sys</source>
        <translation>读取 /proc 和 /sys 中隐藏的文件</translation>
    </message>
    <message>
        <source>They only tell; their paths are shown and not what is in them.</source>
        <translation>这些文件只提供信息；只显示路径，不显示内容。</translation>
    </message>
    <message>
        <source>Read the kernel&apos;s memory (/proc/kcore)</source>
        <translation>读取内核内存（/proc/kcore）</translation>
    </message>
    <message>
        <source>Change a setting of the kernel</source>
        <translation>更改内核设置</translation>
    </message>
    <message>
        <source>Change a setting of the network</source>
        <translation>更改网络设置</translation>
    </message>
    <message>
        <source>Press the magic SysRq key</source>
        <translation>触发 SysRq 键</translation>
    </message>
    <message>
        <source>Make a device node</source>
        <translation>创建设备节点</translation>
    </message>
    <message>
        <source>That of /dev/null, in a /dev of its own; it is removed at once.</source>
        <translation>在它自己的 /dev 中创建 /dev/null 的节点，随即删除。</translation>
    </message>
    <message>
        <source>Open a device of this machine (kernel log)</source>
        <translation>打开本机的设备（内核日志）</translation>
    </message>
    <message>
        <source>Open this machine&apos;s disk</source>
        <translation>打开本机的磁盘</translation>
    </message>
    <message>
        <source>See files of this machine</source>
        <translation>看到本机的文件</translation>
    </message>
    <message>
        <source>Open this machine&apos;s passwords (/etc/shadow)</source>
        <translation>打开本机的密码文件（/etc/shadow）</translation>
    </message>
    <message>
        <source>See this machine&apos;s network interfaces</source>
        <translation>看到本机的网络接口</translation>
    </message>
    <message>
        <source>Find programs that listen (TCP)</source>
        <translation>找到正在监听的程序（TCP）</translation>
    </message>
    <message>
        <source>Change routes</source>
        <translation>更改路由</translation>
    </message>
    <message>
        <source>Read all packets</source>
        <translation>读取所有数据包</translation>
    </message>
    <message>
        <source>A socket of protocol 0 gets none.</source>
        <translation>协议为 0 的套接字收不到数据包。</translation>
    </message>
    <message>
        <source>Mount a file system</source>
        <translation>挂载文件系统</translation>
    </message>
    <message>
        <source>A few KiB of memory in the copy&apos;s own mount namespace, unmounted at once.</source>
        <translation>在副本自己的挂载命名空间中占几 KiB 内存，随即卸载。</translation>
    </message>
    <message>
        <source>Make a user namespace</source>
        <translation>创建用户命名空间</translation>
    </message>
    <message>
        <source>Ask for kernel keyrings</source>
        <translation>查询内核密钥环</translation>
    </message>
    <message>
        <source>Put something into the kernel (BPF)</source>
        <translation>向内核放入内容（BPF）</translation>
    </message>
    <message>
        <source>Count events of the processor (perf)</source>
        <translation>统计处理器事件（perf）</translation>
    </message>
    <message>
        <source>Use io_uring</source>
        <translation>使用 io_uring</translation>
    </message>
    <message>
        <source>Handle page faults (userfaultfd)</source>
        <translation>处理缺页（userfaultfd）</translation>
    </message>
    <message>
        <source>Open files by number, past every path</source>
        <translation>绕过路径，按编号打开文件</translation>
    </message>
    <message>
        <source>Reach this machine (TCP)</source>
        <translation>连到本机（TCP）</translation>
    </message>
    <message>
        <source>The connection is closed without a byte.</source>
        <translation>连接不发送任何字节就关闭。</translation>
    </message>
    <message>
        <source>See who else is on the network</source>
        <translation>看到网络上还有谁</translation>
    </message>
    <message>
        <source>Find a way out through this machine</source>
        <translation>找到经由本机通往外部的路</translation>
    </message>
    <message>
        <source>A route is looked up; nothing is sent.</source>
        <translation>只查找路由，不发送任何东西。</translation>
    </message>
    <message>
        <source>Read a file of this machine</source>
        <translation>读取本机的文件</translation>
    </message>
    <message>
        <source>A public one, which names the operating system.</source>
        <translation>一个公开的文件，其中写着操作系统的名称。</translation>
    </message>
</context>
<context>
    <name>Attention</name>
    <message>
        <source>is broken</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>ran out of memory and was killed</source>
        <translation>内存耗尽，已被结束</translation>
    </message>
    <message>
        <source>The kernel killed it at its memory limit.</source>
        <translation>它达到内存限额，被内核结束。</translation>
    </message>
    <message>
        <source>Raise memory limit</source>
        <translation>提高内存限额</translation>
    </message>
    <message>
        <source>did not start: %1</source>
        <translation>未能启动：%1</translation>
    </message>
    <message>
        <source>a process ran out of memory and was killed</source>
        <translation>有进程因内存耗尽被结束</translation>
    </message>
    <message>
        <source>The kernel killed it at the memory limit.</source>
        <translation>达到内存限额时，内核结束了它。</translation>
    </message>
    <message>
        <source>uses %1 % of its memory limit</source>
        <translation>已用内存限额的 %1 %</translation>
    </message>
    <message>
        <source>At the limit the kernel takes back its page cache, then kills a process.</source>
        <translation>到达限额后，内核先收回页缓存，再结束进程。</translation>
    </message>
    <message>
        <source>held back by its CPU limit for %1 % of the last minute</source>
        <translation>最近一分钟有 %1 % 的时间受 CPU 限额压制</translation>
    </message>
    <message>
        <source>It wanted to run and its limit forbade it.</source>
        <translation>它想运行，但限额不允许。</translation>
    </message>
    <message>
        <source>Raise CPU limit</source>
        <translation>提高 CPU 限额</translation>
    </message>
    <message>
        <source>shares with the host: %1</source>
        <translation>与宿主机共享：%1</translation>
    </message>
    <message>
        <source>These namespaces are the host&apos;s own; the wall has a gap there.</source>
        <translation>这些命名空间就是宿主机自己的；墙在这里有缺口。</translation>
    </message>
    <message>
        <source>Show isolation</source>
        <translation>查看隔离</translation>
    </message>
    <message>
        <source>its processor is emulated (TCG)</source>
        <translation>处理器由软件模拟（TCG）</translation>
    </message>
    <message>
        <source>Every guest instruction is translated by QEMU: correct, and many times slower than KVM.</source>
        <translation>每条客户机指令都由 QEMU 翻译：结果正确，但比 KVM 慢许多倍。</translation>
    </message>
</context>
<context>
    <name>ChartEventWords</name>
    <message>
        <source>OOM killed</source>
        <translation>内存不足被杀</translation>
    </message>
    <message>
        <source>throttled</source>
        <translation>被限流</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <extracomment>what was done to an instance: its name, and &quot;started&quot;</extracomment>
        <translation>%1 %2</translation>
    </message>
</context>
<context>
    <name>Claim</name>
    <message>
        <source>PCI devices inside</source>
        <translation>内部的 PCI 设备</translation>
    </message>
    <message>
        <source>boot id inside</source>
        <translation>内部的启动标识</translation>
    </message>
    <message>
        <source>boot id of the host</source>
        <translation>宿主机的启动标识</translation>
    </message>
    <message>
        <source>bridge on the host</source>
        <translation>宿主机上的网桥</translation>
    </message>
    <message>
        <source>device nodes inside</source>
        <translation>内部的设备节点</translation>
    </message>
    <message>
        <source>devices of the domain</source>
        <translation>域的设备</translation>
    </message>
    <message>
        <source>disk on the host</source>
        <translation>宿主机上的磁盘</translation>
    </message>
    <message>
        <source>driver inside</source>
        <translation>内部的驱动</translation>
    </message>
    <message>
        <source>first process inside</source>
        <translation>内部的首个进程</translation>
    </message>
    <message>
        <source>host name inside</source>
        <translation>内部的主机名</translation>
    </message>
    <message>
        <source>host name of the host</source>
        <translation>宿主机的主机名</translation>
    </message>
    <message>
        <source>interface on the host</source>
        <translation>宿主机上的接口</translation>
    </message>
    <message>
        <source>interfaces inside</source>
        <translation>内部的接口</translation>
    </message>
    <message>
        <source>memory of the host</source>
        <translation>宿主机的内存</translation>
    </message>
    <message>
        <source>memory seen inside</source>
        <translation>内部看到的内存</translation>
    </message>
    <message>
        <source>monotonic offset inside, s</source>
        <translation>内部单调时钟偏移，秒</translation>
    </message>
    <message>
        <source>no new privileges</source>
        <translation>禁止获得新特权</translation>
    </message>
    <message>
        <source>process on the host</source>
        <translation>宿主机上的进程</translation>
    </message>
    <message>
        <source>processes seen inside</source>
        <translation>内部看到的进程</translation>
    </message>
    <message>
        <source>processors inside</source>
        <translation>内部的处理器</translation>
    </message>
    <message>
        <source>processors of the host</source>
        <translation>宿主机的处理器</translation>
    </message>
    <message>
        <source>release inside</source>
        <translation>内部的内核版本</translation>
    </message>
    <message>
        <source>release of the host</source>
        <translation>宿主机的内核版本</translation>
    </message>
    <message>
        <source>root file system inside</source>
        <translation>内部的根文件系统</translation>
    </message>
    <message>
        <source>seccomp mode inside</source>
        <translation>内部的 seccomp 模式</translation>
    </message>
    <message>
        <source>seconds since boot inside</source>
        <translation>内部启动后的秒数</translation>
    </message>
    <message>
        <source>uid inside</source>
        <translation>内部的用户 ID</translation>
    </message>
    <message>
        <source>uid map</source>
        <translation>用户 ID 映射</translation>
    </message>
    <message>
        <source>devices allowed on the host</source>
        <translation>宿主机上允许的设备</translation>
    </message>
    <message>
        <source>limit on the host</source>
        <translation>宿主机上的限额</translation>
    </message>
    <message>
        <source>seccomp mode of the process on the host</source>
        <translation>宿主机上该进程的 seccomp 模式</translation>
    </message>
    <message>
        <source>threads of that process</source>
        <translation>该进程的线程数</translation>
    </message>
    <message>
        <source>type of the domain</source>
        <translation>域的类型</translation>
    </message>
    <message>
        <source>uid of the process on the host</source>
        <translation>宿主机上该进程的用户 ID</translation>
    </message>
    <message>
        <source>writable layer on the host</source>
        <translation>宿主机上的可写层</translation>
    </message>
    <message>
        <source>%1 namespace inside</source>
        <translation>内部的 %1 命名空间</translation>
    </message>
    <message>
        <source>%1 namespace of the host</source>
        <translation>宿主机的 %1 命名空间</translation>
    </message>
    <message>
        <source>bounding set of the process on the host</source>
        <translation>宿主机上该进程的能力边界集</translation>
    </message>
    <message>
        <source>capabilities inside</source>
        <translation>内部的能力</translation>
    </message>
    <message>
        <source>capabilities of the host</source>
        <translation>宿主机的能力</translation>
    </message>
    <message>
        <source>disk inside</source>
        <translation>内部的磁盘</translation>
    </message>
    <message>
        <source>share on the host</source>
        <translation>宿主机上的份额</translation>
    </message>
    <message>
        <source>security label of the process on the host</source>
        <translation>宿主机上该进程的安全标签</translation>
    </message>
    <message>
        <source>security modules of the host</source>
        <translation>宿主机的安全模块</translation>
    </message>
    <message>
        <source>counter</source>
        <translation>计数器</translation>
    </message>
    <message>
        <source>sum over processes</source>
        <translation>所有进程之和</translation>
    </message>
    <message>
        <source>Pss of the mapping</source>
        <translation>该映射的 Pss</translation>
    </message>
    <message>
        <source>Pss of all other mappings</source>
        <translation>其余映射的 Pss</translation>
    </message>
    <message>
        <source>merging on this machine</source>
        <translation>本机的页合并</translation>
    </message>
    <message>
        <source>MemTotal inside</source>
        <translation>内部的 MemTotal</translation>
    </message>
    <message>
        <source>MemTotal of the host</source>
        <translation>主机的 MemTotal</translation>
    </message>
    <message>
        <source>limit seen in its own group inside</source>
        <translation>内部在自身控制组看到的限制</translation>
    </message>
    <message>
        <source>available inside</source>
        <translation>内部可用总量</translation>
    </message>
    <message>
        <source>disk caches inside</source>
        <translation>内部的磁盘缓存</translation>
    </message>
    <message>
        <source>unused inside</source>
        <translation>内部未用</translation>
    </message>
    <message>
        <source>given and not taken back</source>
        <translation>已给予且未收回</translation>
    </message>
    <message>
        <source>memory of the domain</source>
        <translation>域的内存</translation>
    </message>
    <message>
        <source>binds</source>
        <translation>起约束作用</translation>
    </message>
    <message>
        <source>limit, not reached first</source>
        <translation>限制，但不是最先触及</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>无限制</translation>
    </message>
    <message>
        <source>weight against others, no limit</source>
        <translation>与他者竞争的权重，不是限制</translation>
    </message>
    <message>
        <source>command inside</source>
        <translation>内部的命令</translation>
    </message>
    <message>
        <source>command on the host</source>
        <translation>主机上的命令</translation>
    </message>
    <message>
        <source>control group</source>
        <translation>控制组</translation>
    </message>
    <message>
        <source>processor thread</source>
        <translation>处理器线程</translation>
    </message>
    <message>
        <source>pid inside</source>
        <translation>内部 PID</translation>
    </message>
    <message>
        <source>%1 namespace of the process</source>
        <translation>进程的 %1 命名空间</translation>
    </message>
    <message>
        <source>bind mount</source>
        <translation>绑定挂载</translation>
    </message>
    <message>
        <source>above another</source>
        <translation>在另一个之上</translation>
    </message>
    <message>
        <source>open file</source>
        <translation>打开的文件</translation>
    </message>
    <message>
        <source>thread in it</source>
        <translation>其中的线程</translation>
    </message>
    <message>
        <source>process whose children will be in it</source>
        <translation>其子进程将进入其中的进程</translation>
    </message>
    <message>
        <source>process in it</source>
        <translation>其中的进程</translation>
    </message>
    <message>
        <source>owning user namespace</source>
        <translation>所属的用户命名空间</translation>
    </message>
    <message>
        <source>parent</source>
        <translation>上级</translation>
    </message>
    <message>
        <source>uid of its maker</source>
        <translation>创建者的 uid</translation>
    </message>
    <message>
        <source>gid map</source>
        <translation>gid 映射</translation>
    </message>
    <message>
        <source>pid namespace</source>
        <translation>pid 命名空间</translation>
    </message>
    <message>
        <source>process</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>all processes</source>
        <translation>所有进程</translation>
    </message>
    <message>
        <source>reads and writes</source>
        <translation>读和写</translation>
    </message>
    <message>
        <source>exits</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>time of processor</source>
        <translation>处理器的时间</translation>
    </message>
</context>
<context>
    <name>Columns</name>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
</context>
<context>
    <name>Connections</name>
    <message>
        <source>start</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>shut down</source>
        <translation>关机</translation>
    </message>
    <message>
        <source>end by force</source>
        <translation>强制结束</translation>
    </message>
    <message>
        <source>pause and resume</source>
        <translation>暂停和恢复</translation>
    </message>
    <message>
        <source>keep the memory on disk</source>
        <translation>把内存保存到磁盘</translation>
    </message>
    <message>
        <source>snapshots</source>
        <translation>快照</translation>
    </message>
    <message>
        <source>start with the host</source>
        <translation>随主机启动</translation>
    </message>
    <message>
        <source>rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>limits</source>
        <translation>限制</translation>
    </message>
    <message>
        <source>serial console</source>
        <translation>串行控制台</translation>
    </message>
    <message>
        <source>display</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>copy disks while it runs</source>
        <translation>运行时复制磁盘</translation>
    </message>
    <message>
        <source>reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>guest agent</source>
        <translation>客户机代理</translation>
    </message>
    <message>
        <source>storage pools</source>
        <translation>存储池</translation>
    </message>
    <message>
        <source>networks</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>measurements</source>
        <translation>测量数据</translation>
    </message>
    <message>
        <source>last answer %1</source>
        <translation>最后一次应答：%1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>connecting …</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation>没有应答</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>%1 is on %2: %3</source>
        <translation>%1 在 %2 上：%3</translation>
    </message>
    <message>
        <source>%1 can&apos;t: %2</source>
        <translation>%1 做不到：%2</translation>
    </message>
    <message>
        <source>%1 is on %2: its disk is not on this machine</source>
        <translation>%1 在 %2 上：它的磁盘不在本机</translation>
    </message>
    <message>
        <source>%1 is on %2: this is seen on its own host only</source>
        <translation>%1 在 %2 上：这些只能在它自己的主机上看到</translation>
    </message>
</context>
<context>
    <name>DiskUser</name>
    <message>
        <source>snapshot %1 of %2</source>
        <translation>%2 的快照 %1</translation>
    </message>
    <message>
        <source>virtual machine %1</source>
        <translation>虚拟机 %1</translation>
    </message>
    <message>
        <source>volume %1</source>
        <translation>卷 %1</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>The helper is older than this window and can&apos;t do this (%1). Update it there.</source>
        <translation>助手程序的版本比本窗口旧，不支持此操作 (%1)。请在那台机器上更新它。</translation>
    </message>
    <message>
        <source>You may not %1. Ask an administrator, or join the group diptych.</source>
        <translation>您无权%1。请联系管理员，或加入 diptych 组。</translation>
    </message>
    <message>
        <source>do this</source>
        <translation>执行此操作</translation>
    </message>
    <message>
        <source>It is in use: %1</source>
        <translation>正在使用中：%1</translation>
    </message>
    <message>
        <source>The disk is full: %1</source>
        <translation>磁盘已满：%1</translation>
    </message>
    <message>
        <source>.</source>
        <extracomment>the end of a sentence</extracomment>
        <translation>。</translation>
    </message>
</context>
<context>
    <name>Figure</name>
    <message>
        <source>Believed inside</source>
        <translation>内部以为</translation>
    </message>
    <message>
        <source>Charged</source>
        <translation>记账</translation>
    </message>
    <message>
        <source>programs</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>page cache</source>
        <translation>页缓存</translation>
    </message>
    <message>
        <source>shared memory</source>
        <translation>共享内存</translation>
    </message>
    <message>
        <source>kernel</source>
        <translation>内核</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>差额</translation>
    </message>
    <message>
        <source>Resident</source>
        <translation>驻留</translation>
    </message>
    <message>
        <source>alone</source>
        <translation>独占</translation>
    </message>
    <message>
        <source>share of shared</source>
        <translation>共享页分摊</translation>
    </message>
    <message>
        <source>guest&apos;s memory</source>
        <translation>客户机内存</translation>
    </message>
    <message>
        <source>QEMU&apos;s own</source>
        <translation>QEMU 自身</translation>
    </message>
    <message>
        <source>RSS, added up</source>
        <translation>RSS 累加</translation>
    </message>
    <message>
        <source>Swapped</source>
        <translation>已换出</translation>
    </message>
    <message>
        <source>Merged (KSM)</source>
        <translation>已合并（KSM）</translation>
    </message>
    <message>
        <source>Guest</source>
        <translation>客户机</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>guest&apos;s page cache</source>
        <translation>客户机页缓存</translation>
    </message>
    <message>
        <source>unused</source>
        <translation>未用</translation>
    </message>
    <message>
        <source>guest&apos;s kernel</source>
        <translation>客户机内核</translation>
    </message>
    <message>
        <source>balloon</source>
        <translation>气球</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>Process number</source>
        <translation>进程号</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Control group</source>
        <translation>控制组</translation>
    </message>
    <message>
        <source>Namespaces</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>Privileges</source>
        <translation>特权</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>System calls</source>
        <translation>系统调用</translation>
    </message>
    <message>
        <source>VM exits</source>
        <translation>虚拟机退出</translation>
    </message>
    <message>
        <source>Who is in it</source>
        <translation>谁在其中</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>所有者</translation>
    </message>
    <message>
        <source>Maker</source>
        <translation>创建者</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Above it</source>
        <translation>上级</translation>
    </message>
</context>
<context>
    <name>Formatting</name>
    <message>
        <source>no limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>%1/s</source>
        <comment>bytes per second</comment>
        <translation>%1/秒</translation>
    </message>
    <message>
        <source>1 core</source>
        <translation>1 核</translation>
    </message>
    <message>
        <source>%1 cores</source>
        <translation>%1 核</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>memory used, limit</comment>
        <translation>%1，共 %2</translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min</source>
        <comment>minutes</comment>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h</source>
        <comment>hours</comment>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 d</source>
        <comment>days</comment>
        <translation>%1 天</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>%1前</translation>
    </message>
</context>
<context>
    <name>GroupMaker</name>
    <message>
        <source>the whole machine</source>
        <translation>整台机器</translation>
    </message>
    <message>
        <source>slice</source>
        <translation>切片</translation>
    </message>
    <message>
        <source>service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>scope</source>
        <translation>作用域</translation>
    </message>
    <message>
        <source>login session</source>
        <translation>登录会话</translation>
    </message>
    <message>
        <source>Diptych container</source>
        <translation>Diptych 容器</translation>
    </message>
    <message>
        <source>virtual machine</source>
        <translation>虚拟机</translation>
    </message>
    <message>
        <source>Podman container</source>
        <translation>Podman 容器</translation>
    </message>
    <message>
        <source>Docker container</source>
        <translation>Docker 容器</translation>
    </message>
    <message>
        <source>containerd container</source>
        <translation>containerd 容器</translation>
    </message>
    <message>
        <source>CRI-O container</source>
        <translation>CRI-O 容器</translation>
    </message>
    <message>
        <source>Kubernetes</source>
        <translation>Kubernetes</translation>
    </message>
    <message>
        <source>LXC container</source>
        <translation>LXC 容器</translation>
    </message>
    <message>
        <source>systemd-nspawn container</source>
        <translation>systemd-nspawn 容器</translation>
    </message>
    <message>
        <source>Flatpak application</source>
        <translation>Flatpak 应用</translation>
    </message>
    <message>
        <source>group</source>
        <translation>控制组</translation>
    </message>
</context>
<context>
    <name>Hardware</name>
    <message>
        <source>at next start</source>
        <translation>下次启动时</translation>
    </message>
    <message>
        <source>until it is off</source>
        <translation>直到关机</translation>
    </message>
    <message>
        <source>differs at next start</source>
        <translation>下次启动时不同</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>Network interface</source>
        <translation>网络接口</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Video card</source>
        <translation>显卡</translation>
    </message>
    <message>
        <source>Random numbers</source>
        <translation>随机数</translation>
    </message>
    <message>
        <source>TPM</source>
        <translation>TPM</translation>
    </message>
    <message>
        <source>Watchdog</source>
        <translation>看门狗</translation>
    </message>
    <message>
        <source>Sound card</source>
        <translation>声卡</translation>
    </message>
    <message>
        <source>Input device</source>
        <translation>输入设备</translation>
    </message>
    <message>
        <source>Guest agent channel</source>
        <translation>客户机代理通道</translation>
    </message>
    <message>
        <source>Controller</source>
        <translation>控制器</translation>
    </message>
    <message>
        <source>Memory balloon</source>
        <translation>内存气球</translation>
    </message>
    <message>
        <source>Serial port</source>
        <translation>串口</translation>
    </message>
    <message>
        <source>Console</source>
        <translation>控制台</translation>
    </message>
    <message>
        <source>CD-ROM %1</source>
        <translation>光驱 %1</translation>
    </message>
    <message>
        <source>Disk %1</source>
        <translation>磁盘 %1</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>unplugged</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Bus</source>
        <translation>总线</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>I/O</source>
        <translation>I/O</translation>
    </message>
    <message>
        <source>Read only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>Shareable</source>
        <translation>可共享</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>型号</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>链路</translation>
    </message>
    <message>
        <source>Listens on</source>
        <translation>监听</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Backend</source>
        <translation>后端</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>动作</translation>
    </message>
    <message>
        <source>Done at once, and for the next start.</source>
        <translation>立即生效，下次启动也有效。</translation>
    </message>
    <message>
        <source>Done at once, until it is off.</source>
        <translation>立即生效，直到关机。</translation>
    </message>
    <message>
        <source>It applies at the next start.</source>
        <translation>下次启动时生效。</translation>
    </message>
    <message>
        <source>It applies at the next start. Not at once: %1</source>
        <translation>下次启动时生效。不能立即生效：%1</translation>
    </message>
    <message>
        <source>Shared directory</source>
        <translation>共享目录</translation>
    </message>
    <message>
        <source>Device of the host</source>
        <translation>主机设备</translation>
    </message>
    <message>
        <source>read only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>limited</source>
        <translation>有限制</translation>
    </message>
    <message>
        <source>operations/s</source>
        <translation>次/秒</translation>
    </message>
    <message>
        <source>Name inside</source>
        <translation>内部名称</translation>
    </message>
    <message>
        <source>By</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Vendor</source>
        <translation>厂商</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>Read and write</source>
        <translation>读写合计</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>读</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>写</translation>
    </message>
    <message>
        <source>All operations</source>
        <translation>全部操作</translation>
    </message>
    <message>
        <source>Read operations</source>
        <translation>读操作</translation>
    </message>
    <message>
        <source>Write operations</source>
        <translation>写操作</translation>
    </message>
    <message>
        <source>Into it, average</source>
        <translation>流入，平均</translation>
    </message>
    <message>
        <source>Into it, peak</source>
        <translation>流入，峰值</translation>
    </message>
    <message>
        <source>Into it, burst</source>
        <translation>流入，突发</translation>
    </message>
    <message>
        <source>Out of it, average</source>
        <translation>流出，平均</translation>
    </message>
    <message>
        <source>Out of it, peak</source>
        <translation>流出，峰值</translation>
    </message>
    <message>
        <source>Out of it, burst</source>
        <translation>流出，突发</translation>
    </message>
    <message>
        <source>Virtual network</source>
        <translation>虚拟网络</translation>
    </message>
    <message>
        <source>User mode: outwards only</source>
        <translation>用户模式：只能向外访问</translation>
    </message>
    <message>
        <source>Bridge of the host</source>
        <translation>主机的网桥</translation>
    </message>
    <message>
        <source>Interface of the host (macvtap)</source>
        <translation>主机的接口（macvtap）</translation>
    </message>
    <message>
        <source>bridge: machines on it reach each other</source>
        <translation>bridge：其上的虚拟机可以互访</translation>
    </message>
    <message>
        <source>vepa: by way of the switch</source>
        <translation>vepa：经由交换机</translation>
    </message>
    <message>
        <source>private: never each other</source>
        <translation>private：彼此不能互访</translation>
    </message>
    <message>
        <source>passthrough: it is this machine&apos;s alone</source>
        <translation>passthrough：只归此虚拟机使用</translation>
    </message>
    <message>
        <source>Terminal (pty)</source>
        <translation>终端（pty）</translation>
    </message>
    <message>
        <source>Unix socket</source>
        <translation>Unix 套接字</translation>
    </message>
    <message>
        <source>TCP, from the host alone</source>
        <translation>TCP，仅限本主机</translation>
    </message>
    <message>
        <source>Log file</source>
        <translation>日志文件</translation>
    </message>
    <message>
        <source>SCSI</source>
        <translation>SCSI</translation>
    </message>
    <message>
        <source>USB</source>
        <translation>USB</translation>
    </message>
    <message>
        <source>On the host</source>
        <translation>在主机上</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Bridge</source>
        <translation>网桥</translation>
    </message>
    <message>
        <source>Interface</source>
        <translation>接口</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Clipboard channel</source>
        <translation>剪贴板通道</translation>
    </message>
    <message>
        <source>Panic notifier</source>
        <translation>崩溃通知器</translation>
    </message>
    <message>
        <source>Host socket (vsock)</source>
        <translation>主机套接字 (vsock)</translation>
    </message>
    <message>
        <source>IOMMU</source>
        <translation>IOMMU</translation>
    </message>
    <message>
        <source>Sound output</source>
        <translation>声音输出</translation>
    </message>
    <message>
        <source>Parallel port</source>
        <translation>并行端口</translation>
    </message>
    <message>
        <source>USB redirection</source>
        <translation>USB 重定向</translation>
    </message>
    <message>
        <source>Smartcard reader</source>
        <translation>智能卡读卡器</translation>
    </message>
    <message>
        <source>Memory module</source>
        <translation>内存模块</translation>
    </message>
</context>
<context>
    <name>ImageName</name>
    <message>
        <source>There is one of this name: the name moves to the new one.</source>
        <translation>已有同名镜像：该名称将移到新镜像上。</translation>
    </message>
</context>
<context>
    <name>ImageReference</name>
    <message>
        <source>A name is needed, like nginx:1.27 or quay.io/x/y.</source>
        <translation>需要一个名称，例如 nginx:1.27 或 quay.io/x/y。</translation>
    </message>
    <message>
        <source>Leave %1 out: a name begins with the registry or the repository.</source>
        <translation>请去掉 %1：名称以仓库服务器或仓库开头。</translation>
    </message>
    <message>
        <source>“%1” is no registry: write host or host:port.</source>
        <translation>“%1”不是镜像仓库服务器：请写 主机 或 主机:端口。</translation>
    </message>
    <message>
        <source>The repository&apos;s name has small letters only; only the tag may have capitals.</source>
        <translation>仓库名只能用小写字母；只有标签可以有大写。</translation>
    </message>
    <message>
        <source>“%1” is no repository: small letters, digits and single - _ . between them, parts divided by /.</source>
        <translation>“%1”不是仓库名：小写字母、数字，其间可有单个 - _ .，各段以 / 分隔。</translation>
    </message>
    <message>
        <source>After @ a whole digest is needed: sha256: and 64 digits.</source>
        <translation>@ 之后需要完整的摘要：sha256: 加 64 位。</translation>
    </message>
    <message>
        <source>“%1” is no tag: letters, digits and _ . -, at most 128.</source>
        <translation>“%1”不是标签：字母、数字和 _ . -，最多 128 个字符。</translation>
    </message>
</context>
<context>
    <name>Level</name>
    <message>
        <source>shared</source>
        <translation>共享</translation>
    </message>
    <message>
        <source>divided by the host&apos;s kernel</source>
        <translation>由宿主机内核划分</translation>
    </message>
    <message>
        <source>emulated</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>own, behind a machine&apos;s wall</source>
        <translation>独有，在虚拟机的墙后</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未测量</translation>
    </message>
    <message>
        <source>The same object that the host&apos;s own processes use.</source>
        <translation>与宿主机自己的进程使用同一个对象。</translation>
    </message>
    <message>
        <source>The host kernel&apos;s, seen through a namespace, a limit or a filter.</source>
        <translation>属于宿主机内核，但经过命名空间、限额或过滤器。</translation>
    </message>
    <message>
        <source>Virtual hardware, or a kernel, that a process of the host emulates.</source>
        <translation>由宿主机的进程模拟的虚拟硬件或内核。</translation>
    </message>
    <message>
        <source>Of a kernel of its own, behind virtual hardware.</source>
        <translation>属于自己的内核，位于虚拟硬件之后。</translation>
    </message>
    <message>
        <source>Nobody could look; the reason stands in the row.</source>
        <translation>无法查看；原因写在该行中。</translation>
    </message>
</context>
<context>
    <name>Missing</name>
    <message>
        <source>No hardware virtualization (KVM)</source>
        <translation>没有硬件虚拟化（KVM）</translation>
    </message>
    <message>
        <source>No unified control groups (cgroup v2)</source>
        <translation>没有统一的控制组（cgroup v2）</translation>
    </message>
    <message>
        <source>libvirt does not answer</source>
        <translation>libvirt 没有应答</translation>
    </message>
    <message>
        <source>No polkit</source>
        <translation>没有 polkit</translation>
    </message>
    <message>
        <source>No kernel for virtual machines</source>
        <translation>没有可供虚拟机使用的内核</translation>
    </message>
    <message>
        <source>No network for instances</source>
        <translation>没有可供实例使用的网络</translation>
    </message>
    <message>
        <source>No user namespaces</source>
        <translation>没有用户命名空间</translation>
    </message>
    <message>
        <source>Virtual machines run in software (TCG): they work, and are many times slower.</source>
        <translation>虚拟机以软件方式运行（TCG）：可以工作，但慢许多倍。</translation>
    </message>
    <message>
        <source>The limits work through version 1; the pressure of single instances is not told.</source>
        <translation>限额通过 v1 生效；没有单个实例的压力数据。</translation>
    </message>
    <message>
        <source>Virtual machines can&apos;t be seen or made. Containers work.</source>
        <translation>无法查看或创建虚拟机。容器可用。</translation>
    </message>
    <message>
        <source>Only root and the group diptych may change anything.</source>
        <translation>只有 root 和 diptych 组可以做更改。</translation>
    </message>
    <message>
        <source>Twin virtual machines can&apos;t be made. Containers work.</source>
        <translation>无法创建孪生虚拟机。容器可用。</translation>
    </message>
    <message>
        <source>Instances can&apos;t reach each other or get an address.</source>
        <translation>实例之间无法互通，也得不到地址。</translation>
    </message>
    <message>
        <source>Root inside a container is root outside, held by the other walls.</source>
        <translation>容器内的 root 在外面也是 root，只靠其他墙约束。</translation>
    </message>
</context>
<context>
    <name>NameCheck</name>
    <message>
        <source>A name is needed.</source>
        <translation>请填写名称。</translation>
    </message>
    <message numerus="yes">
        <source>At most %n characters.</source>
        <translation>
            <numerusform>最多 %n 个字符。</numerusform>
        </translation>
    </message>
    <message>
        <source>A name begins with a letter or a digit.</source>
        <translation>名称须以字母或数字开头。</translation>
    </message>
    <message>
        <source>Only English letters, digits and - _ . + are allowed.</source>
        <translation>只能使用英文字母、数字和 - _ . +。</translation>
    </message>
    <message>
        <source>“%1” is taken.</source>
        <translation>“%1”已被使用。</translation>
    </message>
</context>
<context>
    <name>NamespaceBoxes</name>
    <message>
        <source>Owner not known</source>
        <translation>所有者未知</translation>
    </message>
    <message>
        <source>kept where the helper does not reach into</source>
        <translation>保存在助手不进入的地方</translation>
    </message>
    <message>
        <source>users not mapped</source>
        <translation>用户未映射</translation>
    </message>
    <message>
        <source>This machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Its namespaces belong to the user namespace around it: uid 0 in it is uid 0 there.</source>
        <translation>它的命名空间属于外围的用户命名空间：其中的 uid 0 就是那里的 uid 0。</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Search, or see the list below</source>
        <translation>请搜索，或查看下方列表</translation>
    </message>
    <message>
        <source>in it: %1</source>
        <translation>其中：%1</translation>
    </message>
    <message>
        <source>belongs to the users around it</source>
        <translation>属于外围的用户</translation>
    </message>
</context>
<context>
    <name>Outcome</name>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
</context>
<context>
    <name>Outcomes</name>
    <message>
        <source>nothing to be had</source>
        <translation>什么也得不到</translation>
    </message>
    <message>
        <source>refused (%1)</source>
        <translation>被拒绝（%1）</translation>
    </message>
    <message>
        <source>possible: reaches this machine</source>
        <translation>可以：触及本机</translation>
    </message>
    <message>
        <source>possible: more of the kernel</source>
        <translation>可以：触及更多内核功能</translation>
    </message>
    <message>
        <source>possible: only its own</source>
        <translation>可以：仅限自己</translation>
    </message>
</context>
<context>
    <name>PaletteCommands</name>
    <message>
        <source>%1: terminal</source>
        <translation>%1：终端</translation>
    </message>
    <message>
        <source>%1: start</source>
        <translation>%1：启动</translation>
    </message>
    <message>
        <source>%1: stop</source>
        <translation>%1：停止</translation>
    </message>
    <message>
        <source>%1: restart</source>
        <translation>%1：重启</translation>
    </message>
    <message>
        <source>%1: pause</source>
        <translation>%1：暂停</translation>
    </message>
    <message>
        <source>%1: resume</source>
        <translation>%1：继续</translation>
    </message>
    <message>
        <source>%1: limits</source>
        <translation>%1：限制</translation>
    </message>
    <message>
        <source>%1: compare</source>
        <translation>%1：对比</translation>
    </message>
    <message>
        <source>%1: rename</source>
        <translation>%1：重命名</translation>
    </message>
    <message>
        <source>%1: delete</source>
        <translation>%1：删除</translation>
    </message>
    <message>
        <source>%1: show changes</source>
        <translation>%1：显示更改</translation>
    </message>
    <message>
        <source>%1: commit as image</source>
        <translation>%1：提交为镜像</translation>
    </message>
    <message>
        <source>%1: export</source>
        <translation>%1：导出</translation>
    </message>
    <message>
        <source>%1: take a wall down</source>
        <translation>%1：拆掉一面墙</translation>
    </message>
</context>
<context>
    <name>PastVerb</name>
    <message>
        <source>created</source>
        <translation>已创建</translation>
    </message>
    <message>
        <source>started</source>
        <translation>已启动</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>killed</source>
        <translation>已强制结束</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>resumed</source>
        <translation>已恢复</translation>
    </message>
    <message>
        <source>restarted</source>
        <translation>已重启</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>已删除</translation>
    </message>
    <message>
        <source>renamed</source>
        <translation>已重命名</translation>
    </message>
    <message>
        <source>limits changed</source>
        <translation>限额已修改</translation>
    </message>
    <message>
        <source>image built</source>
        <translation>镜像已构建</translation>
    </message>
    <message>
        <source>terminal opened</source>
        <translation>终端已打开</translation>
    </message>
    <message>
        <source>ended by itself</source>
        <translation>自行结束</translation>
    </message>
    <message>
        <source>killed for lack of memory</source>
        <translation>因内存不足被结束</translation>
    </message>
    <message>
        <source>work cancelled</source>
        <translation>工作已取消</translation>
    </message>
    <message>
        <source>image deleted</source>
        <translation>镜像已删除</translation>
    </message>
    <message>
        <source>image pulled</source>
        <translation>镜像已拉取</translation>
    </message>
    <message>
        <source>image pushed</source>
        <translation>镜像已推送</translation>
    </message>
    <message>
        <source>image imported</source>
        <translation>镜像已导入</translation>
    </message>
    <message>
        <source>image exported</source>
        <translation>镜像已导出</translation>
    </message>
    <message>
        <source>committed as an image</source>
        <translation>已提交为镜像</translation>
    </message>
    <message>
        <source>image got a further name</source>
        <translation>镜像增加了名称</translation>
    </message>
    <message>
        <source>unused images removed</source>
        <translation>未使用的镜像已移除</translation>
    </message>
    <message>
        <source>signed in to a registry</source>
        <translation>已登录镜像仓库</translation>
    </message>
    <message>
        <source>signed out of a registry</source>
        <translation>已退出镜像仓库</translation>
    </message>
    <message>
        <source>XML edited</source>
        <translation>XML 已编辑</translation>
    </message>
    <message>
        <source>display opened</source>
        <translation>已打开显示</translation>
    </message>
    <message>
        <source>hardware changed</source>
        <translation>硬件已更改</translation>
    </message>
    <message>
        <source>autostart changed</source>
        <translation>自动启动已更改</translation>
    </message>
    <message>
        <source>reset</source>
        <translation>已复位</translation>
    </message>
    <message>
        <source>state saved</source>
        <translation>状态已保存</translation>
    </message>
    <message>
        <source>snapshot made</source>
        <translation>已建快照</translation>
    </message>
    <message>
        <source>reverted to a snapshot</source>
        <translation>已恢复到快照</translation>
    </message>
    <message>
        <source>snapshot deleted</source>
        <translation>快照已删除</translation>
    </message>
    <message>
        <source>cloned</source>
        <translation>已克隆</translation>
    </message>
    <message>
        <source>storage pool made</source>
        <translation>存储池已创建</translation>
    </message>
    <message>
        <source>storage pool changed</source>
        <translation>存储池已更改</translation>
    </message>
    <message>
        <source>storage pool removed</source>
        <translation>存储池已移除</translation>
    </message>
    <message>
        <source>volume made</source>
        <translation>卷已创建</translation>
    </message>
    <message>
        <source>volume resized</source>
        <translation>卷大小已更改</translation>
    </message>
    <message>
        <source>volume deleted</source>
        <translation>卷已删除</translation>
    </message>
    <message>
        <source>volume copied</source>
        <translation>卷已复制</translation>
    </message>
    <message>
        <source>file uploaded</source>
        <translation>文件已上传</translation>
    </message>
    <message>
        <source>network made</source>
        <translation>网络已创建</translation>
    </message>
    <message>
        <source>network changed</source>
        <translation>网络已更改</translation>
    </message>
    <message>
        <source>network removed</source>
        <translation>网络已移除</translation>
    </message>
    <message>
        <source>group&apos;s limits changed</source>
        <translation>控制组限额已更改</translation>
    </message>
    <message>
        <source>group frozen</source>
        <translation>控制组已冻结</translation>
    </message>
    <message>
        <source>group thawed</source>
        <translation>控制组已解冻</translation>
    </message>
    <message>
        <source>all in the group killed</source>
        <translation>组内进程已全部终止</translation>
    </message>
    <message>
        <source>process moved here</source>
        <translation>进程已移入</translation>
    </message>
    <message>
        <source>disk imported</source>
        <translation>已导入磁盘</translation>
    </message>
    <message>
        <source>disk exported</source>
        <translation>已导出磁盘</translation>
    </message>
    <message>
        <source>disk deleted</source>
        <translation>已删除磁盘</translation>
    </message>
    <message>
        <source>held back by its CPU limit</source>
        <translation>被其 CPU 限额限流</translation>
    </message>
    <message>
        <source>disks copied</source>
        <translation>磁盘已复制</translation>
    </message>
    <message>
        <source>memory dumped</source>
        <translation>内存已转储</translation>
    </message>
    <message>
        <source>file downloaded</source>
        <translation>文件已下载</translation>
    </message>
    <message>
        <source>file systems frozen</source>
        <translation>文件系统已冻结</translation>
    </message>
    <message>
        <source>clock set</source>
        <translation>时钟已校准</translation>
    </message>
    <message>
        <source>password set</source>
        <translation>密码已设置</translation>
    </message>
    <message>
        <source>shut down by the guest agent</source>
        <translation>已由客户机代理关机</translation>
    </message>
    <message>
        <source>connection added</source>
        <translation>已添加连接</translation>
    </message>
    <message>
        <source>connection removed</source>
        <translation>已移除连接</translation>
    </message>
    <message>
        <source>connection opened</source>
        <translation>已打开连接</translation>
    </message>
    <message>
        <source>connection closed</source>
        <translation>已关闭连接</translation>
    </message>
    <message>
        <source>started by another program</source>
        <translation>由其他程序启动</translation>
    </message>
    <message>
        <source>paused by another program</source>
        <translation>由其他程序暂停</translation>
    </message>
    <message>
        <source>resumed by another program</source>
        <translation>由其他程序恢复</translation>
    </message>
    <message>
        <source>made by another program</source>
        <translation>由其他程序创建</translation>
    </message>
    <message>
        <source>removed by another program</source>
        <translation>由其他程序移除</translation>
    </message>
    <message>
        <source>walls of a copy taken down</source>
        <translation>拆掉了副本的墙</translation>
    </message>
    <message>
        <source>walls put back, copy removed</source>
        <translation>墙已复原，副本已删除</translation>
    </message>
    <message>
        <source>stopped, not by Diptych</source>
        <translation>已停止（并非由 Diptych）</translation>
    </message>
    <message>
        <source>moved to another host</source>
        <translation>已迁移到另一主机</translation>
    </message>
    <message>
        <source>volume group destroyed</source>
        <translation>卷组已销毁</translation>
    </message>
    <message>
        <source>title or description changed</source>
        <translation>标题或描述已更改</translation>
    </message>
    <message>
        <source>machine imported</source>
        <translation>已导入虚拟机</translation>
    </message>
    <message>
        <source>installed, and started from its disk</source>
        <translation>已安装，并从其磁盘启动</translation>
    </message>
</context>
<context>
    <name>Permission</name>
    <message>
        <source>look at instances</source>
        <translation>查看实例</translation>
    </message>
    <message>
        <source>start, stop and change instances</source>
        <translation>启动、停止和更改实例</translation>
    </message>
    <message>
        <source>cancel the work of others</source>
        <translation>取消他人的工作</translation>
    </message>
    <message>
        <source>create instances</source>
        <translation>创建实例</translation>
    </message>
    <message>
        <source>delete instances and images</source>
        <translation>删除实例和镜像</translation>
    </message>
    <message>
        <source>make images</source>
        <translation>制作镜像</translation>
    </message>
    <message>
        <source>open terminals and read logs</source>
        <translation>打开终端和查看日志</translation>
    </message>
    <message>
        <source>edit the XML of machines</source>
        <translation>编辑虚拟机的 XML</translation>
    </message>
    <message>
        <source>change the hardware of machines</source>
        <translation>更改虚拟机的硬件</translation>
    </message>
    <message>
        <source>change storage</source>
        <translation>更改存储</translation>
    </message>
    <message>
        <source>change networks</source>
        <translation>更改网络</translation>
    </message>
    <message>
        <source>change control groups</source>
        <translation>更改控制组</translation>
    </message>
    <message>
        <source>add and remove libvirt connections</source>
        <translation>添加和移除 libvirt 连接</translation>
    </message>
    <message>
        <source>take walls of throw-away copies down</source>
        <translation>拆掉一次性副本的墙</translation>
    </message>
</context>
<context>
    <name>Plan</name>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>PoolKinds</name>
    <message>
        <source>A directory</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>On the helper&apos;s machine. It is made when it is not there.</source>
        <translation>在助手所在的机器上。不存在时会创建。</translation>
    </message>
    <message>
        <source>A file system on a disk</source>
        <translation>磁盘上的文件系统</translation>
    </message>
    <message>
        <source>It is mounted on the helper&apos;s machine; volumes are files in it.</source>
        <translation>它挂载在助手所在的机器上；卷是其中的文件。</translation>
    </message>
    <message>
        <source>Make a new file system on the device</source>
        <translation>在设备上创建新的文件系统</translation>
    </message>
    <message>
        <source>A directory of another host (NFS)</source>
        <translation>另一主机的目录（NFS）</translation>
    </message>
    <message>
        <source>Directory there</source>
        <translation>对方的目录</translation>
    </message>
    <message>
        <source>An LVM volume group</source>
        <translation>LVM 卷组</translation>
    </message>
    <message>
        <source>Volume group</source>
        <translation>卷组</translation>
    </message>
    <message>
        <source>Volumes are logical volumes: raw block devices.</source>
        <translation>卷是逻辑卷：原始块设备。</translation>
    </message>
    <message>
        <source>Make a new volume group on a device</source>
        <translation>在设备上创建新的卷组</translation>
    </message>
    <message>
        <source>An iSCSI target</source>
        <translation>iSCSI 目标</translation>
    </message>
    <message>
        <source>Target (IQN)</source>
        <translation>目标（IQN）</translation>
    </message>
    <message>
        <source>Volumes are the disks that the target offers; none can be made.</source>
        <translation>卷是目标提供的磁盘；无法新建。</translation>
    </message>
    <message>
        <source>A disk with partitions</source>
        <translation>带分区的磁盘</translation>
    </message>
    <message>
        <source>Volumes are its partitions: raw block devices.</source>
        <translation>卷是它的分区：原始块设备。</translation>
    </message>
    <message>
        <source>Make a new partition table on the device</source>
        <translation>在设备上创建新的分区表</translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>there is no instance %1</source>
        <translation>没有实例 %1</translation>
    </message>
    <message>
        <source>there is no operation %1</source>
        <translation>没有操作 %1</translation>
    </message>
    <message>
        <source>there is no image %1</source>
        <translation>没有镜像 %1</translation>
    </message>
    <message>
        <source>there is no connection %1</source>
        <translation>没有连接 %1</translation>
    </message>
    <message>
        <source>there is no disk %1</source>
        <translation>没有磁盘 %1</translation>
    </message>
    <message>
        <source>there is no network &quot;%1&quot;</source>
        <translation>没有网络“%1”</translation>
    </message>
    <message>
        <source>there is no template %1</source>
        <translation>没有模板 %1</translation>
    </message>
    <message>
        <source>there is no device %1</source>
        <translation>没有设备 %1</translation>
    </message>
    <message>
        <source>there is no such copy any more</source>
        <translation>该副本已不存在</translation>
    </message>
    <message>
        <source>another operation holds %1</source>
        <translation>另一个操作正占用 %1</translation>
    </message>
    <message>
        <source>a container with the name %1 exists</source>
        <translation>已有名为 %1 的容器</translation>
    </message>
    <message>
        <source>a machine called %1 exists</source>
        <translation>已有名为 %1 的虚拟机</translation>
    </message>
    <message>
        <source>name: there is a machine &quot;%1&quot; already</source>
        <translation>名称：已有虚拟机“%1”</translation>
    </message>
    <message>
        <source>name: there is an instance &quot;%1&quot; already</source>
        <translation>名称：已有实例“%1”</translation>
    </message>
    <message>
        <source>name: there is a network &quot;%1&quot; already</source>
        <translation>名称：已有网络“%1”</translation>
    </message>
    <message>
        <source>name: there is a storage pool &quot;%1&quot; already</source>
        <translation>名称：已有存储池“%1”</translation>
    </message>
    <message>
        <source>machine %1 runs already</source>
        <translation>虚拟机 %1 已在运行</translation>
    </message>
    <message>
        <source>machine %1 does not run</source>
        <translation>虚拟机 %1 没有运行</translation>
    </message>
    <message>
        <source>machine %1 does not run: it has no memory</source>
        <translation>虚拟机 %1 没有运行：它没有内存</translation>
    </message>
    <message>
        <source>%1 runs: stop it first</source>
        <translation>%1 正在运行：请先停止它</translation>
    </message>
    <message>
        <source>%1 is %2: stop it first</source>
        <translation>%1 当前为 %2：请先停止它</translation>
    </message>
    <message>
        <source>%1 runs: libvirt renames a machine only while it is stopped</source>
        <translation>%1 正在运行：libvirt 只能在虚拟机停止时重命名</translation>
    </message>
    <message>
        <source>%1 runs: stop it first, its disks change meanwhile</source>
        <translation>%1 正在运行：请先停止它，否则磁盘会在此期间变化</translation>
    </message>
    <message>
        <source>%1 is not off: what it writes meanwhile would be torn</source>
        <translation>%1 没有关机：在此期间写入的内容会不完整</translation>
    </message>
    <message>
        <source>%1 was changed meanwhile: look at it again</source>
        <translation>%1 在此期间被改动：请再看一遍</translation>
    </message>
    <message>
        <source>%1 went away meanwhile</source>
        <translation>%1 在此期间消失了</translation>
    </message>
    <message>
        <source>it does not run</source>
        <translation>它没有运行</translation>
    </message>
    <message>
        <source>it is not running</source>
        <translation>它没有运行</translation>
    </message>
    <message>
        <source>it is not paused</source>
        <translation>它没有暂停</translation>
    </message>
    <message>
        <source>it has ended</source>
        <translation>它已结束</translation>
    </message>
    <message>
        <source>the operation has ended</source>
        <translation>操作已结束</translation>
    </message>
    <message>
        <source>process %1 has ended</source>
        <translation>进程 %1 已结束</translation>
    </message>
    <message>
        <source>it does not run: nothing passes</source>
        <translation>它没有运行：没有任何流量</translation>
    </message>
    <message>
        <source>it is a throw-away copy</source>
        <translation>它是一次性副本</translation>
    </message>
    <message>
        <source>%1 throw-away copies are there already: put one back first</source>
        <translation>已有 %1 个一次性副本：请先装回一个</translation>
    </message>
    <message>
        <source>it shares the host&apos;s network: there is no such wall</source>
        <translation>它共用宿主机的网络：没有这面墙</translation>
    </message>
    <message>
        <source>walls: none was chosen</source>
        <translation>没有选择墙</translation>
    </message>
    <message>
        <source>%1 is used by %2</source>
        <translation>%1 正被 %2 使用</translation>
    </message>
    <message>
        <source>%1 is needed by %2</source>
        <translation>%2 需要 %1</translation>
    </message>
    <message>
        <source>the disk %1 is needed by %2</source>
        <translation>%2 需要磁盘 %1</translation>
    </message>
    <message>
        <source>%1 belongs to the system</source>
        <translation>%1 属于系统</translation>
    </message>
    <message>
        <source>%1 can&apos;t be called here</source>
        <translation>%1 在这里不能调用</translation>
    </message>
    <message>
        <source>%1 can be made on this machine only</source>
        <translation>%1 只能在本机上创建</translation>
    </message>
    <message>
        <source>%1 can be made of an image on this machine only</source>
        <translation>%1 只能在本机上由镜像创建</translation>
    </message>
    <message>
        <source>%1 was not made here: it has no twin</source>
        <translation>%1 不是在这里创建的：它没有孪生实例</translation>
    </message>
    <message>
        <source>%1 was not made here</source>
        <translation>%1 不是在这里创建的</translation>
    </message>
    <message>
        <source>%1 is in no storage pool: make a pool of its directory first</source>
        <translation>%1 不在任何存储池中：请先把它的目录设为存储池</translation>
    </message>
    <message>
        <source>%1 is in no storage pool: it grows while the machine runs only</source>
        <translation>%1 不在任何存储池中：只能在虚拟机运行时扩大</translation>
    </message>
    <message>
        <source>%1 is built upon %2, which is in no storage pool</source>
        <translation>%1 建立在 %2 之上，而后者不在任何存储池中</translation>
    </message>
    <message>
        <source>%1 is an overlay of %2, which is in no storage pool</source>
        <translation>%1 是 %2 的覆盖层，而后者不在任何存储池中</translation>
    </message>
    <message>
        <source>%1 has %2 bytes already, and a volume only grows</source>
        <translation>%1 已有 %2 字节，卷只能扩大</translation>
    </message>
    <message>
        <source>%1 has %2 bytes already, and a disk only grows</source>
        <translation>%1 已有 %2 字节，磁盘只能扩大</translation>
    </message>
    <message>
        <source>%1 has a snapshot %2 already</source>
        <translation>%1 已有快照 %2</translation>
    </message>
    <message>
        <source>disk %1 is %2: only qcow2 can hold snapshots</source>
        <translation>磁盘 %1 是 %2 格式：只有 qcow2 能保存快照</translation>
    </message>
    <message>
        <source>it has no disk that could hold a snapshot</source>
        <translation>它没有能保存快照的磁盘</translation>
    </message>
    <message>
        <source>it starts by UEFI, whose variables libvirt can&apos;t keep in a snapshot inside the disk</source>
        <translation>它用 UEFI 启动，而 libvirt 不能把 UEFI 变量保存在磁盘内的快照里</translation>
    </message>
    <message>
        <source>snapshots in files of their own are made on their own machine only</source>
        <translation>独立文件的快照只能在虚拟机所在的机器上创建</translation>
    </message>
    <message>
        <source>it would change %1, which the external snapshot %2 is built upon: delete that first</source>
        <translation>这会改动 %1，而外部快照 %2 建立在它之上：请先删除该快照</translation>
    </message>
    <message>
        <source>%1, which the snapshot kept, is in no storage pool</source>
        <translation>快照保留的 %1 不在任何存储池中</translation>
    </message>
    <message>
        <source>the target is %1, and it runs on %2: machines move between the same hypervisors only</source>
        <translation>目标是 %1，而它在 %2 上运行：虚拟机只能在相同的虚拟机监控程序之间迁移</translation>
    </message>
    <message>
        <source>the target is the same host</source>
        <translation>目标是同一台主机</translation>
    </message>
    <message>
        <source>there is a machine &quot;%1&quot; already: rename one of them</source>
        <translation>已有虚拟机“%1”：请重命名其中一个</translation>
    </message>
    <message>
        <source>a machine there has the same UUID, %1: it is &quot;%2&quot;</source>
        <translation>那里已有虚拟机的 UUID 同为 %1：“%2”</translation>
    </message>
    <message>
        <source>%1 machines of type %2 can&apos;t run there: %3</source>
        <translation>类型为 %2 的 %1 虚拟机不能在那里运行：%3</translation>
    </message>
    <message>
        <source>the machine type %1 is not known there: %2</source>
        <translation>那里不认识机器类型 %1：%2</translation>
    </message>
    <message>
        <source>the emulator %1 is not there: %2</source>
        <translation>那里没有模拟器 %1：%2</translation>
    </message>
    <message>
        <source>the firmware %1 is not there</source>
        <translation>那里没有固件 %1</translation>
    </message>
    <message>
        <source>it can have %1 vCPUs, and %2 are the most there</source>
        <translation>它最多可有 %1 个 vCPU，而那里最多 %2 个</translation>
    </message>
    <message>
        <source>its processor, %1, can&apos;t be had there: %2</source>
        <translation>那里无法提供它的处理器 %1：%2</translation>
    </message>
    <message>
        <source>that of its host</source>
        <translation>（与其主机相同）</translation>
    </message>
    <message>
        <source>the host&apos;s lacks some of it</source>
        <translation>那台主机的处理器缺少其中一部分</translation>
    </message>
    <message>
        <source>it has %1 MiB, and the whole target %2 MiB</source>
        <translation>它有 %1 MiB，而目标总共 %2 MiB</translation>
    </message>
    <message>
        <source>it is a device of this host, which can&apos;t go along</source>
        <translation>它是这台主机的设备，不能随行</translation>
    </message>
    <message>
        <source>the network &quot;%1&quot; is not started there</source>
        <translation>那里的网络“%1”没有启动</translation>
    </message>
    <message>
        <source>there is no bridge %1</source>
        <translation>没有网桥 %1</translation>
    </message>
    <message>
        <source>a %1 device of its host was given to it: take it away first</source>
        <translation>它直通了主机的 %1 设备：请先移除</translation>
    </message>
    <message>
        <source>it shares a directory of its host: take the share away first</source>
        <translation>它共享了主机的目录：请先移除该共享</translation>
    </message>
    <message>
        <source>it has its host&apos;s own TPM</source>
        <translation>它使用主机自己的 TPM</translation>
    </message>
    <message>
        <source>what is in its TPM would stay behind while it is off: start it, and move it while it runs</source>
        <translation>关机时迁移会把 TPM 中的内容留下：请启动它，在运行时迁移</translation>
    </message>
    <message>
        <source>it is a twin of a container: its files belong to the helper of this machine</source>
        <translation>它是容器的孪生实例：文件属于本机的助手程序</translation>
    </message>
    <message>
        <source>it has %1 snapshot%2, which libvirt can&apos;t take along: delete them first</source>
        <translation>它有 %1 个快照，libvirt 不能带走：请先删除</translation>
    </message>
    <message>
        <source>it has %1 backup checkpoints, which libvirt can&apos;t take along</source>
        <translation>它有 %1 个备份检查点，libvirt 不能带走</translation>
    </message>
    <message>
        <source>its memory was saved to this host&apos;s disk: start it, or drop what was saved</source>
        <translation>它的内存已保存到这台主机的磁盘：请启动它，或丢弃保存的内容</translation>
    </message>
    <message>
        <source>its UEFI variables would stay behind while it is off: start it, and move it while it runs</source>
        <translation>关机时迁移会把 UEFI 变量留下：请启动它，在运行时迁移</translation>
    </message>
    <message>
        <source>%1 is in no storage pool there: have it copied, or make a pool of the directory that both share</source>
        <translation>%1 不在那里的任何存储池中：请选择复制，或把两边共享的目录设为存储池</translation>
    </message>
    <message>
        <source>%1 is in no storage pool there: eject it first</source>
        <translation>%1 不在那里的任何存储池中：请先弹出</translation>
    </message>
    <message>
        <source>%1 is another file there: it holds %2 bytes, here %3</source>
        <translation>那里的 %1 是另一个文件：它有 %2 字节，这里是 %3 字节</translation>
    </message>
    <message>
        <source>disks of type %1 are not copied: only files are</source>
        <translation>类型为 %1 的磁盘不会复制：只复制文件</translation>
    </message>
    <message>
        <source>%1 is in no storage pool here: make a pool of its directory first</source>
        <translation>%1 不在这里的任何存储池中：请先把它的目录设为存储池</translation>
    </message>
    <message>
        <source>no storage pool there is of the directory %1: make one for the copy</source>
        <translation>那里没有目录 %1 的存储池：请为副本创建一个</translation>
    </message>
    <message>
        <source>%1 is there already, and the copy would destroy it</source>
        <translation>那里已有 %1，复制会毁掉它</translation>
    </message>
    <message>
        <source>a copy needs %1 MiB, and %2 MiB are free there</source>
        <translation>复制需要 %1 MiB，而那里只有 %2 MiB 可用</translation>
    </message>
    <message>
        <source>there is no storage pool &quot;%1&quot; that is started</source>
        <translation>没有已启动的存储池“%1”</translation>
    </message>
    <message>
        <source>the pool &quot;%1&quot; there has no volume %2</source>
        <translation>那里的存储池“%1”没有卷 %2</translation>
    </message>
    <message>
        <source>libvirt&apos;s part for it, the storage driver %1, is not installed</source>
        <translation>没有安装 libvirt 所需的部分，即存储驱动 %1</translation>
    </message>
    <message>
        <source>there is no such directory on the host</source>
        <translation>主机上没有这个目录</translation>
    </message>
    <message>
        <source>the directory that the other host exports, by its whole path</source>
        <translation>另一台主机导出的目录的完整路径</translation>
    </message>
    <message>
        <source>a device below /dev, by its path</source>
        <translation>/dev 下设备的路径</translation>
    </message>
    <message>
        <source>a host&apos;s name or address, without a port</source>
        <translation>主机的名称或地址，不带端口</translation>
    </message>
    <message>
        <source>a host&apos;s name or address</source>
        <translation>主机的名称或地址</translation>
    </message>
    <message>
        <source>the name of a volume group</source>
        <translation>卷组的名称</translation>
    </message>
    <message>
        <source>libvirt does not answer on %1</source>
        <translation>libvirt 在 %1 上没有应答</translation>
    </message>
    <message>
        <source>libvirt has no domain %1</source>
        <translation>libvirt 中没有虚拟机 %1</translation>
    </message>
    <message>
        <source>this helper has no libvirt</source>
        <translation>这个助手程序没有 libvirt</translation>
    </message>
    <message>
        <source>no guest agent runs in %1</source>
        <translation>%1 中没有运行客户机代理</translation>
    </message>
    <message>
        <source>machine %1 has no guest agent channel</source>
        <translation>虚拟机 %1 没有客户机代理通道</translation>
    </message>
    <message>
        <source>the machine ended</source>
        <translation>虚拟机已结束</translation>
    </message>
    <message>
        <source>saving %1 was cancelled: it runs on</source>
        <translation>已取消保存 %1：它继续运行</translation>
    </message>
    <message>
        <source>moving %1 was cancelled: it is where it was</source>
        <translation>已取消迁移 %1：它仍在原处</translation>
    </message>
    <message>
        <source>starting %1 was cancelled</source>
        <translation>已取消启动 %1</translation>
    </message>
    <message>
        <source>creating %1 was cancelled</source>
        <translation>已取消创建 %1</translation>
    </message>
    <message>
        <source>the disk of the image store is full</source>
        <translation>镜像存储所在的磁盘已满</translation>
    </message>
    <message>
        <source>port %1/%2 of this host is published by %3: stop it, or choose another port</source>
        <translation>本机的端口 %1/%2 已由 %3 发布：请停止它，或另选端口</translation>
    </message>
    <message>
        <source>port %1/%2 of this host is in use by another program (see: ss -lnp &apos;sport = :%3&apos;)</source>
        <translation>本机的端口 %1/%2 正被其他程序占用（查看：ss -lnp &apos;sport = :%3&apos;）</translation>
    </message>
    <message>
        <source>memory.limit: %1 bytes are in use, more than %2</source>
        <translation>内存限额：已用 %1 字节，多于 %2</translation>
    </message>
    <message>
        <source>memory and swap together can not be less than memory</source>
        <translation>内存加交换空间不能小于内存</translation>
    </message>
    <message>
        <source>the image %1 names no program: a command is needed</source>
        <translation>镜像 %1 没有指定程序：需要一个命令</translation>
    </message>
    <message>
        <source>the image has no shell: give a command that it has</source>
        <translation>镜像中没有 shell：请给出其中已有的命令</translation>
    </message>
    <message>
        <source>%1 is made for %2/%3, not for this machine</source>
        <translation>%1 是为 %2/%3 制作的，不适用于本机</translation>
    </message>
    <message>
        <source>control group %1 is gone</source>
        <translation>控制组 %1 已消失</translation>
    </message>
    <message>
        <source>the namespace %1 is gone</source>
        <translation>命名空间 %1 已消失</translation>
    </message>
    <message>
        <source>the helper or the first process runs in %1</source>
        <translation>助手程序或第一个进程在 %1 中运行</translation>
    </message>
    <message>
        <source>%1 is the group of %2: change that instance</source>
        <translation>%1 是 %2 的控制组：请更改该实例</translation>
    </message>
    <message>
        <source>the helper gave no answer</source>
        <translation>助手程序没有回答</translation>
    </message>
    <message>
        <source>nothing came for a minute</source>
        <translation>一分钟内没有收到任何数据</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>没有这个文件或目录</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>权限不足</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>不允许此操作</translation>
    </message>
    <message>
        <source>Connection refused</source>
        <translation>连接被拒绝</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>设备上没有空间了</translation>
    </message>
    <message>
        <source>Device or resource busy</source>
        <translation>设备或资源正忙</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>只读文件系统</translation>
    </message>
    <message>
        <source>Cannot allocate memory</source>
        <translation>无法分配内存</translation>
    </message>
    <message>
        <source>Connection timed out</source>
        <translation>连接超时</translation>
    </message>
    <message>
        <source>No route to host</source>
        <translation>没有到主机的路由</translation>
    </message>
    <message>
        <source>control groups are mounted as %1: version 1 is used</source>
        <translation>控制组以 %1 方式挂载：使用版本 1</translation>
    </message>
    <message>
        <source>boot with systemd.unified_cgroup_hierarchy=1</source>
        <translation>请以 systemd.unified_cgroup_hierarchy=1 启动</translation>
    </message>
    <message>
        <source>no control groups are mounted: limits and statistics are not available</source>
        <translation>没有挂载控制组：限额和统计不可用</translation>
    </message>
    <message>
        <source>the kernel allows no user namespaces</source>
        <translation>内核不允许用户命名空间</translation>
    </message>
    <message>
        <source>turn on virtualisation (VT-x, AMD-V) in the firmware setup</source>
        <translation>请在固件设置中打开虚拟化 (VT-x、AMD-V)</translation>
    </message>
    <message>
        <source>install libvirt-daemon-system and start libvirtd</source>
        <translation>请安装 libvirt-daemon-system 并启动 libvirtd</translation>
    </message>
    <message>
        <source>there is no system bus: only root and the group diptych may use this helper</source>
        <translation>没有系统总线：只有 root 和 diptych 组可以使用这个助手程序</translation>
    </message>
    <message>
        <source>start dbus and polkit</source>
        <translation>请启动 dbus 和 polkit</translation>
    </message>
    <message>
        <source>there is no /dev/kvm</source>
        <translation>没有 /dev/kvm</translation>
    </message>
    <message>
        <source>/dev/kvm is there, but the processor&apos;s flags show neither vmx nor svm, or it can&apos;t be opened</source>
        <translation>有 /dev/kvm，但处理器标志中既没有 vmx 也没有 svm，或者无法打开</translation>
    </message>
    <message>
        <source>no answer for %1 s</source>
        <translation>%1 秒没有应答</translation>
    </message>
    <message>
        <source>%1: cancelled, it is as it was</source>
        <translation>%1：已取消，它和原来一样</translation>
    </message>
    <message>
        <source>%1, which holds the memory, is in no storage pool</source>
        <translation>保存内存的 %1 不在任何存储池中</translation>
    </message>
    <message>
        <source>%1 is not defined: it would be gone once it ends</source>
        <translation>%1 没有定义：结束后就会消失</translation>
    </message>
    <message>
        <source>%1 is off: it has no memory</source>
        <translation>%1 已关机：它没有内存</translation>
    </message>
    <message>
        <source>%1 is another file there: it was not changed when the one here was</source>
        <translation>那里的 %1 是另一个文件：它与这里的不是同时改动的</translation>
    </message>
    <message>
        <source>%1 is in no storage pool</source>
        <translation>%1 不在任何存储池中</translation>
    </message>
    <message>
        <source>%1 runs and writes to the disk that %2 is in: stop it first</source>
        <translation>%1 正在运行并写入快照 %2 所在的磁盘：请先停止它</translation>
    </message>
    <message>
        <source>the snapshot does not hold the disk %1</source>
        <translation>该快照不包含磁盘 %1</translation>
    </message>
    <message>
        <source>a guest learns of its processor&apos;s model when it starts</source>
        <translation>客户机启动时才会得知处理器的型号</translation>
    </message>
    <message>
        <source>the target&apos;s name: iqn.2004-04.example:disks</source>
        <translation>目标的名称：iqn.2004-04.example:disks</translation>
    </message>
    <message>
        <source>an initiator&apos;s name: iqn.2004-04.example:me</source>
        <translation>发起程序的名称：iqn.2004-04.example:me</translation>
    </message>
    <message>
        <source>ext4 or xfs</source>
        <translation>ext4 或 xfs</translation>
    </message>
    <message>
        <source>gpt or dos</source>
        <translation>gpt 或 dos</translation>
    </message>
    <message>
        <source>nothing can be made there from here</source>
        <translation>无法从这里在那边创建任何内容</translation>
    </message>
    <message>
        <source>which disks there are, and how large, is decided where they come from</source>
        <translation>有哪些磁盘、各有多大，由提供它们的一方决定</translation>
    </message>
    <message>
        <source>libvirt can&apos;t grow a volume of a pool of type %1</source>
        <translation>libvirt 无法扩大 %1 类型存储池中的卷</translation>
    </message>
    <message>
        <source>a partition can&apos;t grow: what follows it is in its way</source>
        <translation>分区无法扩大：后面的内容挡住了它</translation>
    </message>
    <message>
        <source>an overlay is a file, and the pool %1 holds none</source>
        <translation>叠加层是文件，而存储池 %1 不存放文件</translation>
    </message>
    <message>
        <source>volumes of this pool are %1</source>
        <translation>此存储池的卷是 %1</translation>
    </message>
    <message>
        <source>only a volume group can be destroyed as a whole</source>
        <translation>只有卷组可以整体销毁</translation>
    </message>
    <message>
        <source>storage pool %1 is stopped: start it first</source>
        <translation>存储池 %1 已停止：请先启动它</translation>
    </message>
    <message>
        <source>there is no block device %1</source>
        <translation>没有块设备 %1</translation>
    </message>
    <message>
        <source>%1 is in use: %2</source>
        <translation>%1 正在使用中：%2</translation>
    </message>
    <message>
        <source>%1 is in use by this host</source>
        <translation>%1 正被本主机使用</translation>
    </message>
    <message>
        <source>%1 can only be read</source>
        <translation>%1 只能读取</translation>
    </message>
    <message>
        <source>%1 has something on it already: %2</source>
        <translation>%1 上已有内容：%2</translation>
    </message>
    <message>
        <source>mounted at %1</source>
        <translation>挂载于 %1</translation>
    </message>
    <message>
        <source>the host %1 is not found: %2</source>
        <translation>找不到主机 %1：%2</translation>
    </message>
    <message>
        <source>%1 does not answer at port %2: %3</source>
        <translation>%1 的端口 %2 没有应答：%3</translation>
    </message>
    <message>
        <source>only an iSCSI target asks for one</source>
        <translation>只有 iSCSI 目标会要求</translation>
    </message>
    <message>
        <source>name and password go together</source>
        <translation>名称和密码必须同时给出</translation>
    </message>
    <message>
        <source>libvirt logs in with a password under the host&apos;s own name only</source>
        <translation>libvirt 只能以主机自己的名称用密码登录</translation>
    </message>
    <message>
        <source>its disks are found in /dev/disk/by-path or /dev/disk/by-id</source>
        <translation>其磁盘位于 /dev/disk/by-path 或 /dev/disk/by-id</translation>
    </message>
    <message>
        <source>the host does not give this directory: %1</source>
        <translation>该主机不提供此目录：%1</translation>
    </message>
    <message>
        <source>the host gives nothing by NFS: %1</source>
        <translation>该主机没有通过 NFS 提供内容：%1</translation>
    </message>
    <message>
        <source>the target asks for a name and a password: %1</source>
        <translation>该目标要求名称和密码：%1</translation>
    </message>
    <message>
        <source>the target does not take this name and password: %1</source>
        <translation>该目标不接受此名称和密码：%1</translation>
    </message>
    <message>
        <source>the host does not answer as an iSCSI target does: %1</source>
        <translation>该主机没有像 iSCSI 目标那样应答：%1</translation>
    </message>
    <message>
        <source>nobody is let in at a target of this name: %1</source>
        <translation>无法登录此名称的目标：%1</translation>
    </message>
    <message>
        <source>it can&apos;t be mounted there: %1</source>
        <translation>无法挂载到那里：%1</translation>
    </message>
    <message>
        <source>no group can be made of this name: %1</source>
        <translation>无法用此名称创建卷组：%1</translation>
    </message>
    <message>
        <source>there is no such volume group: %1</source>
        <translation>没有这个卷组：%1</translation>
    </message>
    <message>
        <source>it can&apos;t be made on this device: %1</source>
        <translation>无法在此设备上创建：%1</translation>
    </message>
    <message>
        <source>there is no partition table of this kind on it: %1</source>
        <translation>上面没有这种分区表：%1</translation>
    </message>
    <message>
        <source>there is no file system on it that can be mounted: %1</source>
        <translation>上面没有可挂载的文件系统：%1</translation>
    </message>
    <message>
        <source>disk %1, %2, is no file: a snapshot has no place beside it</source>
        <translation>磁盘 %1（%2）不是文件：快照无法放在它旁边</translation>
    </message>
    <message>
        <source>%1 only holds other partitions</source>
        <translation>%1 只包含其他分区</translation>
    </message>
    <message>
        <source>this host can&apos;t give %1 to this machine</source>
        <translation>本主机无法为此机器提供 %1</translation>
    </message>
    <message>
        <source>a title is one line</source>
        <translation>标题只能有一行</translation>
    </message>
    <message>
        <source>a title has at most 255 bytes</source>
        <translation>标题最多 255 字节</translation>
    </message>
    <message>
        <source>a description has at most 64 KiB</source>
        <translation>描述最多 64 KiB</translation>
    </message>
    <message>
        <source>this host has no interface %1 for it</source>
        <translation>此主机没有可用的接口 %1</translation>
    </message>
    <message>
        <source>an interface is called by at most 15 letters, digits and signs</source>
        <translation>接口名最多 15 个字母、数字和符号</translation>
    </message>
    <message>
        <source>a port from 1024 to 65535</source>
        <translation>端口须在 1024 到 65535 之间</translation>
    </message>
    <message>
        <source>there is no place for it on this host: choose pty or tcp</source>
        <translation>此主机上没有存放它的位置：请选择 pty 或 tcp</translation>
    </message>
    <message>
        <source>the machine can&apos;t be without this controller</source>
        <translation>虚拟机不能没有这个控制器</translation>
    </message>
    <message>
        <source>%1 is plugged into it</source>
        <translation>%1 接在它上面</translation>
    </message>
    <message>
        <source>%1 is no controller of %2</source>
        <translation>%1 不是 %2 控制器</translation>
    </message>
    <message>
        <source>Debian&apos;s static busybox: a small userland with a shell</source>
        <translation>Debian 的静态 busybox：带 shell 的小型用户空间</translation>
    </message>
    <message>
        <source>Debian&apos;s smallest system, fetched from the distribution&apos;s mirror</source>
        <translation>Debian 最小系统，从发行版镜像站获取</translation>
    </message>
    <message>
        <source>busybox is not installed here: apt-get install busybox-static</source>
        <translation>此处未安装 busybox：apt-get install busybox-static</translation>
    </message>
    <message>
        <source>mmdebstrap is not installed here: apt-get install mmdebstrap</source>
        <translation>此处未安装 mmdebstrap：apt-get install mmdebstrap</translation>
    </message>
    <message>
        <source>an IPv6 address of the network with its prefix, as fd00:100::1/64</source>
        <translation>网络的 IPv6 地址及其前缀，如 fd00:100::1/64</translation>
    </message>
    <message>
        <source>the archive holds several machines: one can be taken</source>
        <translation>归档中有多台虚拟机：只能导入一台</translation>
    </message>
    <message>
        <source>the machine in the archive has no disk</source>
        <translation>归档中的虚拟机没有磁盘</translation>
    </message>
    <message>
        <source>there is no disk in the archive</source>
        <translation>归档中没有磁盘</translation>
    </message>
    <message>
        <source>%1 is not in the archive</source>
        <translation>归档中没有 %1</translation>
    </message>
    <message>
        <source>%1 has %2 bytes, not the %3 that are said of it</source>
        <translation>%1 有 %2 字节，而描述中说是 %3 字节</translation>
    </message>
    <message>
        <source>&quot;%1&quot; leads out of the archive</source>
        <translation>“%1”指向归档之外</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is on another machine: fetch it first</source>
        <translation>“%1”在另一台机器上：请先下载</translation>
    </message>
    <message>
        <source>a file in several pieces can&apos;t be taken: put them together first</source>
        <translation>无法使用分成几块的文件：请先合并</translation>
    </message>
    <message>
        <source>a disk that is built upon another can&apos;t be taken</source>
        <translation>无法使用建立在另一磁盘之上的磁盘</translation>
    </message>
    <message>
        <source>a document type is refused</source>
        <translation>不接受文档类型声明</translation>
    </message>
    <message>
        <source>this is no OVF descriptor</source>
        <translation>这不是 OVF 描述文件</translation>
    </message>
    <message>
        <source>there is no VirtualSystem in it</source>
        <translation>其中没有 VirtualSystem</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no number that can be meant</source>
        <translation>“%1”不是可用的数字</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no unit of bytes</source>
        <translation>“%1”不是字节单位</translation>
    </message>
    <message>
        <source>more than %1 bytes are refused</source>
        <translation>不接受超过 %1 字节</translation>
    </message>
    <message>
        <source>more than %1 disks are refused</source>
        <translation>不接受超过 %1 个磁盘</translation>
    </message>
    <message>
        <source>more than %1 items are refused</source>
        <translation>不接受超过 %1 个条目</translation>
    </message>
    <message>
        <source>%1 is not what its %2 says: it was damaged or changed on its way</source>
        <translation>%1 与其 %2 不符：传输途中损坏或被改动</translation>
    </message>
    <message>
        <source>the archive has no file that ends in .ovf</source>
        <translation>归档中没有以 .ovf 结尾的文件</translation>
    </message>
    <message>
        <source>the installer of this medium takes no answers</source>
        <translation>此介质的安装程序不接受自动应答</translation>
    </message>
    <message>
        <source>libosinfo has no answers for this system</source>
        <translation>libosinfo 没有此系统的应答文件</translation>
    </message>
    <message>
        <source>this system reads its answers from a floppy disk only</source>
        <translation>此系统只从软盘读取应答文件</translation>
    </message>
    <message>
        <source>the medium has no installer&apos;s kernel where such media have it</source>
        <translation>在这类介质的常用位置上找不到安装程序的内核</translation>
    </message>
    <message>
        <source>lower case letters, digits, _ and -, beginning with a letter, at most 32; not root</source>
        <translation>小写字母、数字、_ 和 -，以字母开头，最多 32 个字符；不能是 root</translation>
    </message>
    <message>
        <source>letters, digits and !%*+,-./:=?@_~: others mean something in the files that the installers read</source>
        <translation>只能用字母、数字和 !%*+,-./:=?@_~：其他字符在安装程序读取的文件中另有含义</translation>
    </message>
    <message>
        <source>letters, digits, spaces, dots and -</source>
        <translation>字母、数字、空格、点和 -</translation>
    </message>
    <message>
        <source>a language as de_DE</source>
        <translation>应为 de_DE 这样的语言</translation>
    </message>
    <message>
        <source>a time zone as Europe/Berlin</source>
        <translation>应为 Europe/Berlin 这样的时区</translation>
    </message>
    <message>
        <source>a keyboard layout as de</source>
        <translation>应为 de 这样的键盘布局</translation>
    </message>
    <message>
        <source>a product key as %1, each $ a letter or digit</source>
        <translation>产品密钥的格式为 %1，每个 $ 是一个字母或数字</translation>
    </message>
    <message>
        <source>an installation without questions needs a pool of files, for its disk or its medium</source>
        <translation>无人值守安装需要磁盘或介质位于由文件组成的存储池中</translation>
    </message>
    <message>
        <source>this installation takes packages from the internet: it needs a network</source>
        <translation>此安装要从互联网获取软件包：需要网络</translation>
    </message>
    <message>
        <source>this installation divides the disk for a BIOS</source>
        <translation>此安装按 BIOS 方式对磁盘分区</translation>
    </message>
    <message>
        <source>its installer is started with answers that nobody has signed, which Secure Boot refuses: take UEFI without it</source>
        <translation>安装程序启动时带有未签名的应答文件，安全启动会拒绝它：请用不带安全启动的 UEFI</translation>
    </message>
    <message>
        <source>there is no installation &quot;%1&quot; of this system</source>
        <translation>此系统没有“%1”这种安装方式</translation>
    </message>
    <message>
        <source>%1 is no ISO 9660 medium</source>
        <translation>%1 不是 ISO 9660 介质</translation>
    </message>
    <message>
        <source>an installation without questions needs a medium and the name of its system</source>
        <translation>无人值守安装需要介质和其系统的名称</translation>
    </message>
    <message>
        <source>libosinfo knows no system %1</source>
        <translation>libosinfo 不认识系统 %1</translation>
    </message>
    <message>
        <source>the display of %1 listens nowhere on its host, where ssh could reach it: choose &quot;address&quot; for it in Hardware</source>
        <translation>%1 的显示器在其主机上没有监听地址，无法通过 ssh 访问：请在“硬件”中为它选择“address”</translation>
    </message>
    <message>
        <source>only an iSCSI target has a port of its own: libvirt mounts NFS by the usual one</source>
        <translation>只有 iSCSI 目标可以有自己的端口：libvirt 用常用端口挂载 NFS</translation>
    </message>
    <message>
        <source>only an iSCSI target has a port of its own</source>
        <translation>只有 iSCSI 目标可以有自己的端口</translation>
    </message>
    <message>
        <source>a number from 1 to 65535</source>
        <translation>1 到 65535 之间的数</translation>
    </message>
    <message>
        <source>only NFS has versions</source>
        <translation>只有 NFS 有版本</translation>
    </message>
    <message>
        <source>a version of NFS: 3, 4, 4.0, 4.1 or 4.2</source>
        <translation>NFS 的版本：3、4、4.0、4.1 或 4.2</translation>
    </message>
    <message>
        <source>%1 can&apos;t be told to be the same device there</source>
        <translation>无法确认那里的 %1 是同一设备</translation>
    </message>
    <message>
        <source>%1 is another file there: one that is made beside it here is not seen there</source>
        <translation>那里的 %1 是另一个文件：在这里它旁边新建的文件，那里看不到</translation>
    </message>
    <message>
        <source>Ubuntu has a user or a group of this name already</source>
        <translation>Ubuntu 已有同名的用户或组</translation>
    </message>
    <message>
        <source>a password is one line of at most 128 bytes</source>
        <translation>密码是一行，最多 128 字节</translation>
    </message>
    <message>
        <source>one line without colons and commas, of at most 128 bytes</source>
        <translation>一行，不含冒号和逗号，最多 128 字节</translation>
    </message>
    <message>
        <source>its kernel is started without the boot loader that Secure Boot trusts: take UEFI without it</source>
        <translation>它的内核不经安全启动所信任的引导程序启动：请选用不带安全启动的 UEFI</translation>
    </message>
    <message>
        <source>this system starts by UEFI only</source>
        <translation>此系统只能由 UEFI 启动</translation>
    </message>
    <message>
        <source>Windows 11 wants a TPM, and its installer would end with saying so</source>
        <translation>Windows 11 需要 TPM，否则其安装程序会因此中止</translation>
    </message>
    <message>
        <source>the disk of the image store has %1 MiB free, and %2 MiB are needed for the archive</source>
        <translation>镜像存储所在磁盘剩余 %1 MiB，而此归档需要 %2 MiB</translation>
    </message>
    <message>
        <source>%1 of the OVA is no image of a CD</source>
        <translation>OVA 中的 %1 不是光盘映像</translation>
    </message>
    <message>
        <source>%1 has the address %2 already</source>
        <translation>%1 已使用地址 %2</translation>
    </message>
    <message>
        <source>two cards would have the address %1</source>
        <translation>两块网卡会有同一个地址 %1</translation>
    </message>
    <message>
        <source>QEMU before 10.1 can&apos;t take its clipboard channel along while it runs: remove the channel, or move it while it is off</source>
        <translation>10.1 之前的 QEMU 无法在运行中带走其剪贴板通道：请移除该通道，或在关机后迁移</translation>
    </message>
    <message>
        <source>this host&apos;s kernel has no /dev/vhost-vsock (module vhost_vsock)</source>
        <translation>此主机的内核没有 /dev/vhost-vsock（模块 vhost_vsock）</translation>
    </message>
</context>
<context>
    <name>ReasonField</name>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>标识</translation>
    </message>
    <message>
        <source>Virtualization</source>
        <translation>虚拟化类型</translation>
    </message>
    <message>
        <source>Machine type</source>
        <translation>机器类型</translation>
    </message>
    <message>
        <source>Emulator</source>
        <translation>模拟器</translation>
    </message>
    <message>
        <source>Firmware</source>
        <translation>固件</translation>
    </message>
    <message>
        <source>Processors</source>
        <translation>处理器数</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Network card</source>
        <translation>网卡</translation>
    </message>
    <message>
        <source>Device of the host</source>
        <translation>主机设备</translation>
    </message>
    <message>
        <source>Shared directory</source>
        <translation>共享目录</translation>
    </message>
    <message>
        <source>TPM</source>
        <translation>TPM</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>快照</translation>
    </message>
    <message>
        <source>Checkpoints</source>
        <translation>检查点</translation>
    </message>
    <message>
        <source>Saved memory</source>
        <translation>保存的内存</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
</context>
<context>
    <name>Receive</name>
    <message>
        <source>%1 is saved</source>
        <translation>%1 已保存</translation>
    </message>
    <message>
        <source>%1 could not be saved</source>
        <translation>%1 无法保存</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>What it costs</source>
        <translation>开销</translation>
    </message>
    <message>
        <source>Ratio</source>
        <translation>倍数</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Memory now</source>
        <translation>当前内存</translation>
    </message>
    <message>
        <source>Disk now</source>
        <translation>当前磁盘</translation>
    </message>
    <message>
        <source>%1 and %2 on %3</source>
        <translation>%3 上的 %1 与 %2</translation>
    </message>
    <message>
        <source>%1, kernel %2, %3, %4, virtual machines on %5. Measured %6.</source>
        <translation>%1，内核 %2，%3，%4，虚拟机运行于 %5。测量于 %6。</translation>
    </message>
    <message numerus="yes">
        <source>%n core(s)</source>
        <translation>
            <numerusform>%n 核</numerusform>
        </translation>
    </message>
    <message>
        <source>What is isolated</source>
        <translation>隔离了什么</translation>
    </message>
    <message>
        <source>Resource</source>
        <translation>资源</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Evidence of %1</source>
        <translation>%1 的证据</translation>
    </message>
    <message>
        <source>Claim</source>
        <translation>论断</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Start of %1: %2</source>
        <translation>%1 的启动：%2</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Begins</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>开销</translation>
    </message>
    <message>
        <source>Memory before work</source>
        <translation>未工作时的内存</translation>
    </message>
    <message>
        <source>Disk before work</source>
        <translation>未工作时的磁盘</translation>
    </message>
</context>
<context>
    <name>Resource</name>
    <message>
        <source>Kernel</source>
        <translation>内核</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Host name</source>
        <translation>主机名</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>System calls</source>
        <translation>系统调用</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>Capabilities</source>
        <translation>能力</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Security label</source>
        <translation>安全标签</translation>
    </message>
</context>
<context>
    <name>StartOffer</name>
    <message>
        <source>%1 is starting</source>
        <translation>%1 正在启动</translation>
    </message>
    <message>
        <source>%1 is off</source>
        <translation>%1 已关机</translation>
    </message>
    <message>
        <source>%1 is stopped</source>
        <translation>%1 已停止</translation>
    </message>
    <message>
        <source>%1 is broken</source>
        <translation>%1 已损坏</translation>
    </message>
    <message>
        <source>%1 is %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>It ended at %1 and %2.</source>
        <translation>它于 %1 结束，%2。</translation>
    </message>
    <message>
        <source>It ended at %1.</source>
        <translation>它于 %1 结束。</translation>
    </message>
    <message>
        <source>It was not started yet, or nobody saw it end.</source>
        <translation>它还没有启动过，或者没有人看到它结束。</translation>
    </message>
    <message>
        <source>Its memory ran out; the kernel killed a process.</source>
        <translation>它的内存耗尽，内核杀死了一个进程。</translation>
    </message>
</context>
<context>
    <name>Statement</name>
    <message>
        <source>not measured: {reason}</source>
        <translation>未测量：{reason}</translation>
    </message>
    <message>
        <source>{release}, the host&apos;s</source>
        <translation>{release}，宿主机的</translation>
    </message>
    <message>
        <source>{release}, its own</source>
        <translation>{release}，自己的</translation>
    </message>
    <message>
        <source>{release}, its own; what carries it is not known</source>
        <translation>{release}，自己的；由什么承载未知</translation>
    </message>
    <message>
        <source>sees all processes of the host</source>
        <translation>能看到宿主机的所有进程</translation>
    </message>
    <message>
        <source>PID 1 here is an ordinary process of the host</source>
        <translation>这里的 PID 1 是宿主机的普通进程</translation>
    </message>
    <message>
        <source>PID 1 here = {pid} on the host</source>
        <translation>这里的 PID 1 = 宿主机上的 {pid}</translation>
    </message>
    <message>
        <source>invisible to the host</source>
        <translation>宿主机看不到</translation>
    </message>
    <message>
        <source>invisible to the host: one process, {threads} threads</source>
        <translation>宿主机看不到：只见一个进程，{threads} 个线程</translation>
    </message>
    <message>
        <source>the host&apos;s mounts</source>
        <translation>宿主机的挂载</translation>
    </message>
    <message>
        <source>overlay, image layers: {layers}</source>
        <translation>overlay，{layers} 层</translation>
    </message>
    <message>
        <source>{type}, mounts of its own</source>
        <translation>{type}，自己的挂载</translation>
    </message>
    <message>
        <source>{type} on {source}</source>
        <translation>{source} 上的 {type}</translation>
    </message>
    <message>
        <source>{type} on {source}, a {format} file of the host</source>
        <translation>{source} 上的 {type}，是宿主机的一个 {format} 文件</translation>
    </message>
    <message>
        <source>the host&apos;s interfaces and ports</source>
        <translation>宿主机的接口和端口</translation>
    </message>
    <message>
        <source>none but the loopback</source>
        <translation>只有回环接口</translation>
    </message>
    <message>
        <source>veth → {bridge}</source>
        <translation>veth → {bridge}</translation>
    </message>
    <message>
        <source>a network stack of its own in the host&apos;s kernel</source>
        <translation>宿主机内核中自己的网络栈</translation>
    </message>
    <message>
        <source>virtio-net → {tap} → {bridge}</source>
        <translation>virtio-net → {tap} → {bridge}</translation>
    </message>
    <message>
        <source>{driver}, a virtual card</source>
        <translation>{driver}，虚拟网卡</translation>
    </message>
    <message>
        <source>no network card</source>
        <translation>没有网卡</translation>
    </message>
    <message>
        <source>uid {uid} is uid {uid} on the host</source>
        <translation>uid {uid} 就是宿主机上的 uid {uid}</translation>
    </message>
    <message>
        <source>uid {uid} = uid {outside} on the host</source>
        <translation>uid {uid} = 宿主机上的 uid {outside}</translation>
    </message>
    <message>
        <source>uid {uid} in a user namespace</source>
        <translation>用户命名空间中的 uid {uid}</translation>
    </message>
    <message>
        <source>uid {uid} of its own kernel</source>
        <translation>自己内核中的 uid {uid}</translation>
    </message>
    <message>
        <source>uid {uid} of its own kernel; its process runs as uid {outside}</source>
        <translation>自己内核中的 uid {uid}；其进程以 uid {outside} 运行</translation>
    </message>
    <message>
        <source>the host&apos;s name and IPC objects</source>
        <translation>宿主机的主机名和 IPC 对象</translation>
    </message>
    <message>
        <source>shares {shared} with the host</source>
        <translation>与宿主机共享 {shared}</translation>
    </message>
    <message>
        <source>uts and ipc namespaces</source>
        <translation>uts 和 ipc 命名空间</translation>
    </message>
    <message>
        <source>kernel objects of its own</source>
        <translation>自己的内核对象</translation>
    </message>
    <message>
        <source>no limit: the host&apos;s {total}</source>
        <translation>不限：宿主机的 {total}</translation>
    </message>
    <message>
        <source>at most {limit}, page cache shared with the host</source>
        <translation>最多 {limit}，页缓存与宿主机共享</translation>
    </message>
    <message>
        <source>{total} of guest RAM</source>
        <translation>{total} 客户机内存</translation>
    </message>
    <message>
        <source>all {cpus} processors, the host&apos;s scheduler</source>
        <translation>全部 {cpus} 个处理器，宿主机的调度器</translation>
    </message>
    <message>
        <source>{cpus} of the host&apos;s {hostCpus} processors</source>
        <translation>宿主机 {hostCpus} 个处理器中的 {cpus} 个</translation>
    </message>
    <message>
        <source>at most {cores} × one core, the host&apos;s scheduler</source>
        <translation>{cores} 核的时间，宿主机的调度器</translation>
    </message>
    <message>
        <source>vCPUs on the processor itself: {vcpus}, scheduled twice</source>
        <translation>{vcpus} 个 vCPU 直接运行于处理器，经两次调度</translation>
    </message>
    <message>
        <source>vCPUs emulated in software (TCG): {vcpus}</source>
        <translation>{vcpus} 个由软件模拟的 vCPU（TCG）</translation>
    </message>
    <message>
        <source>{vcpus} processors of its own kernel</source>
        <translation>自己内核的 {vcpus} 个处理器</translation>
    </message>
    <message>
        <source>all reach the host&apos;s kernel</source>
        <translation>全部到达宿主机内核</translation>
    </message>
    <message>
        <source>filtered by seccomp, the rest reach the host&apos;s kernel</source>
        <translation>经 seccomp 过滤，其余到达宿主机内核</translation>
    </message>
    <message>
        <source>read, write and exit only</source>
        <translation>只有 read、write 和 exit</translation>
    </message>
    <message>
        <source>none reach the host&apos;s kernel</source>
        <translation>都不到达宿主机内核</translation>
    </message>
    <message>
        <source>none reach the host&apos;s kernel; its process is filtered by seccomp</source>
        <translation>都不到达宿主机内核；其进程经 seccomp 过滤</translation>
    </message>
    <message>
        <source>the host&apos;s /dev, {count} nodes</source>
        <translation>宿主机的 /dev，{count} 个节点</translation>
    </message>
    <message>
        <source>{count} nodes in /dev, {disks} of them disks of the host</source>
        <translation>/dev 中 {count} 个节点，其中 {disks} 个是宿主机的磁盘</translation>
    </message>
    <message>
        <source>{count} nodes in /dev</source>
        <translation>/dev 中 {count} 个节点</translation>
    </message>
    <message>
        <source>{count} virtual PCI devices</source>
        <translation>{count} 个虚拟 PCI 设备</translation>
    </message>
    <message>
        <source>{count} PCI devices, some of them the host&apos;s own</source>
        <translation>{count} 个 PCI 设备，其中有宿主机自己的</translation>
    </message>
    <message>
        <source>the host&apos;s clocks</source>
        <translation>宿主机的时钟</translation>
    </message>
    <message>
        <source>monotonic clock shifted by {offset} s, time of day the host&apos;s</source>
        <translation>单调时钟偏移 {offset} 秒，日期时间是宿主机的</translation>
    </message>
    <message>
        <source>clocks of its own, up {uptime} s</source>
        <translation>自己的时钟，已运行 {uptime} 秒</translation>
    </message>
    <message>
        <source>the host&apos;s disk queue and page cache, no limit</source>
        <translation>宿主机的磁盘队列和页缓存，无限额</translation>
    </message>
    <message>
        <source>the host&apos;s disk queue, its rate limited</source>
        <translation>宿主机的磁盘队列，速率受限</translation>
    </message>
    <message>
        <source>{device}, a virtual disk kept in a {format} file</source>
        <translation>{device}，存放在 {format} 文件中的虚拟磁盘</translation>
    </message>
    <message>
        <source>{device}, a virtual disk</source>
        <translation>{device}，虚拟磁盘</translation>
    </message>
    <message>
        <source>all {all} over the host</source>
        <translation>对宿主机拥有全部 {all} 项</translation>
    </message>
    <message>
        <source>{count} of {all}, and those over the host</source>
        <translation>{all} 项中的 {count} 项，且针对宿主机</translation>
    </message>
    <message>
        <source>{count} of {all}, over its own namespaces only</source>
        <translation>{all} 项中的 {count} 项，仅限自己的命名空间</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>{count} over its own kernel, none over the host</source>
        <translation>对自己的内核有 {count} 项，对宿主机没有</translation>
    </message>
    <message>
        <source>{count} over its own kernel; its process is root on the host</source>
        <translation>对自己的内核有 {count} 项；其进程在宿主机上是 root</translation>
    </message>
    <message>
        <source>the host&apos;s keyrings</source>
        <translation>宿主机的密钥环</translation>
    </message>
    <message>
        <source>keyrings of its user namespace</source>
        <translation>其用户命名空间的密钥环</translation>
    </message>
    <message>
        <source>keyrings of its own kernel</source>
        <translation>自己内核的密钥环</translation>
    </message>
    <message>
        <source>none: no module of the host labels it</source>
        <translation>无：宿主机没有安全模块为它加标签</translation>
    </message>
    <message>
        <source>{label}: not confined</source>
        <translation>{label}：未受限</translation>
    </message>
    <message>
        <source>confined as {label}</source>
        <translation>受限于 {label}</translation>
    </message>
    <message>
        <source>its own kernel&apos;s; its process has none on the host</source>
        <translation>属于自己的内核；其进程在宿主机上没有标签</translation>
    </message>
    <message>
        <source>its own kernel&apos;s; its process is confined as {label}</source>
        <translation>属于自己的内核；其进程受限于 {label}</translation>
    </message>
    <message>
        <source>its own, run by {command}; nobody inside was asked which</source>
        <translation>自己的内核，由 {command} 运行；未能向内部询问是哪一个</translation>
    </message>
    <message>
        <source>less than the host has</source>
        <translation>少于主机所有</translation>
    </message>
    <message>
        <source>its own kernel&apos;s memory</source>
        <translation>自己内核的内存</translation>
    </message>
    <message>
        <source>the inside could not be asked</source>
        <translation>无法向内部询问</translation>
    </message>
    <message>
        <source>not counted alone: it shares the group {group}</source>
        <translation>未单独计数：与他者共用控制组 {group}</translation>
    </message>
    <message>
        <source>no control group counts memory here</source>
        <translation>这里没有控制组统计内存</translation>
    </message>
    <message>
        <source>heaps and stacks of its processes</source>
        <translation>其进程的堆和栈</translation>
    </message>
    <message>
        <source>files kept in memory by the host&apos;s kernel, given back when it is needed</source>
        <translation>主机内核留在内存中的文件，需要时即归还</translation>
    </message>
    <message>
        <source>tmpfs and shared memory</source>
        <translation>tmpfs 和共享内存</translation>
    </message>
    <message>
        <source>the host&apos;s kernel itself, for it: page tables, sockets, inodes</source>
        <translation>主机内核为它所用：页表、套接字、inode</translation>
    </message>
    <message>
        <source>charged ahead by the kernel for each processor, and what changed between two readings</source>
        <translation>内核按处理器预先记账的部分，以及两次读取之间的变化</translation>
    </message>
    <message>
        <source>the kernel&apos;s part, which this machine does not count alone, and what it charged ahead</source>
        <translation>内核部分（本机不单独统计）和预先记账的部分</translation>
    </message>
    <message>
        <source>no process of it could be read</source>
        <translation>无法读取它的任何进程</translation>
    </message>
    <message>
        <source>mapped by one process only: what its end would free</source>
        <translation>仅由一个进程映射：进程结束即可释放</translation>
    </message>
    <message>
        <source>its share of pages that others have mapped too</source>
        <translation>与他者共同映射的页中它的份额</translation>
    </message>
    <message>
        <source>of the guest&apos;s {given}, what it has touched</source>
        <translation>客户机的 {given} 中已触及的部分</translation>
    </message>
    <message>
        <source>QEMU itself: its code, its buffers, the devices it plays</source>
        <translation>QEMU 自身：代码、缓冲区和它模拟的设备</translation>
    </message>
    <message>
        <source>what ps and libvirt add up: shared pages count once for each process</source>
        <translation>ps 和 libvirt 的累加值：共享页对每个进程各计一次</translation>
    </message>
    <message>
        <source>written out to swap</source>
        <translation>已写到交换空间</translation>
    </message>
    <message>
        <source>merged with equal pages of others</source>
        <translation>与他者相同的页合并</translation>
    </message>
    <message>
        <source>what the domain may have</source>
        <translation>域可拥有的内存</translation>
    </message>
    <message>
        <source>the guest does not tell: no balloon statistics and no probe inside</source>
        <translation>客户机未告知：没有气球统计，内部也没有探针</translation>
    </message>
    <message>
        <source>by programs inside and their kernel</source>
        <translation>由内部的程序及其内核使用</translation>
    </message>
    <message>
        <source>files kept in memory by the guest&apos;s kernel: once more than the host&apos;s</source>
        <translation>客户机内核留在内存中的文件：在主机之外又一份</translation>
    </message>
    <message>
        <source>unused inside; the host can&apos;t have it back without the balloon</source>
        <translation>内部未用；没有气球主机就收不回来</translation>
    </message>
    <message>
        <source>kept by the guest&apos;s kernel from the start: its code, its page table of all memory</source>
        <translation>客户机内核从一开始保留的：代码、所有内存的页描述</translation>
    </message>
    <message>
        <source>taken back by the balloon</source>
        <translation>被气球收回</translation>
    </message>
    <message>
        <source>nothing that was found limits it</source>
        <translation>未发现对它的限制</translation>
    </message>
    <message>
        <source>{amount}: the group {group} above it</source>
        <translation>{amount}：上级控制组 {group}</translation>
    </message>
    <message>
        <source>{amount}: the memory its domain was given</source>
        <translation>{amount}：域分得的内存</translation>
    </message>
    <message>
        <source>{amount} × one core: the group {group} above it</source>
        <translation>{amount} × 一个核心：上级控制组 {group}</translation>
    </message>
    <message>
        <source>{amount} × one core: its virtual processors, no quota is smaller</source>
        <translation>{amount} × 一个核心：它的虚拟处理器，没有更小的配额</translation>
    </message>
    <message>
        <source>{amount} × one core: the processors {group} it may run on</source>
        <translation>{amount} × 一个核心：允许运行的处理器 {group}</translation>
    </message>
    <message>
        <source>{amount} tasks: the group {group} above it</source>
        <translation>{amount} 个任务：上级控制组 {group}</translation>
    </message>
    <message>
        <source>{amount} tasks: a group inside the guest</source>
        <translation>{amount} 个任务：客户机内部的控制组</translation>
    </message>
    <message>
        <source>{pid}</source>
        <translation>{pid}</translation>
    </message>
    <message>
        <source>uid {uid}</source>
        <translation>uid {uid}</translation>
    </message>
    <message>
        <source>uid {uid} of the host, which has no number inside</source>
        <translation>主机的 uid {uid}，在内部没有编号</translation>
    </message>
    <message>
        <source>{command}</source>
        <translation>{command}</translation>
    </message>
    <message>
        <source>not seen inside</source>
        <translation>内部看不到</translation>
    </message>
    <message>
        <source>in its own: {own}</source>
        <translation>在自己的：{own}</translation>
    </message>
    <message>
        <source>in none of its own</source>
        <translation>没有自己的命名空间</translation>
    </message>
    <message>
        <source>of another kernel: none of them is the host&apos;s</source>
        <translation>属于另一个内核：没有一个是主机的</translation>
    </message>
    <message>
        <source>the host&apos;s own: {shared}</source>
        <translation>主机自己的：{shared}</translation>
    </message>
    <message>
        <source>none of the host&apos;s</source>
        <translation>没有主机的</translation>
    </message>
    <message>
        <source>{group}</source>
        <translation>{group}</translation>
    </message>
    <message>
        <source>/, for a cgroup namespace hides where that is</source>
        <translation>/，因为 cgroup 命名空间隐藏了其位置</translation>
    </message>
    <message>
        <source>{count} capabilities</source>
        <translation>{count} 项能力</translation>
    </message>
    <message>
        <source>{count} capabilities over its own namespaces, none over the host</source>
        <translation>对自己的命名空间有 {count} 项能力，对主机没有</translation>
    </message>
    <message>
        <source>{count} capabilities over the host</source>
        <translation>对主机有 {count} 项能力</translation>
    </message>
    <message>
        <source>{amount}</source>
        <translation>{amount}</translation>
    </message>
    <message>
        <source>{amount}, with shared pages by their share {pss}</source>
        <translation>{amount}，共享页按份额计为 {pss}</translation>
    </message>
    <message>
        <source>not there: the host runs one process, QEMU, {pid}</source>
        <translation>不存在：主机只运行一个进程，QEMU，{pid}</translation>
    </message>
    <message>
        <source>QEMU&apos;s: uid {uid}</source>
        <translation>QEMU 的：uid {uid}</translation>
    </message>
    <message>
        <source>QEMU&apos;s: {group}</source>
        <translation>QEMU 的：{group}</translation>
    </message>
    <message>
        <source>somewhere in QEMU&apos;s {amount}</source>
        <translation>在 QEMU 的 {amount} 之中</translation>
    </message>
    <message>
        <source>the host&apos;s memory: nothing in /proc inside tells of its limit</source>
        <translation>主机的内存：内部的 /proc 不透露它的限制</translation>
    </message>
    <message>
        <source>{amount}: no group limits it, only the machine does</source>
        <translation>{amount}：没有控制组限制它，只有机器本身</translation>
    </message>
    <message>
        <source>{amount} × one core: no group limits it, only the machine does</source>
        <translation>{amount} × 一个核心：没有控制组限制它，只有机器本身</translation>
    </message>
    <message>
        <source>{amount} tasks: no group limits it, only the machine does</source>
        <translation>{amount} 个任务：没有控制组限制它，只有机器本身</translation>
    </message>
    <message>
        <source>mapped by its processes ({count}); a page that several have counts in parts</source>
        <translation>由其进程（{count} 个）映射；多个进程共有的页按份计算</translation>
    </message>
    <message>
        <source>it runs on the processor threads of QEMU: {count}</source>
        <translation>它运行在 QEMU 的处理器线程上：{count} 个</translation>
    </message>
    <message>
        <source>counted by its control group: what its limit is held against</source>
        <translation>由它的控制组计数：限制以此为准</translation>
    </message>
    <message>
        <source>{amount}: its own control group</source>
        <translation>{amount}：它自己的控制组</translation>
    </message>
    <message>
        <source>{amount} × one core: its own control group</source>
        <translation>{amount} × 一个核心：它自己的控制组</translation>
    </message>
    <message>
        <source>{amount} tasks: its own control group</source>
        <translation>{amount} 个任务：它自己的控制组</translation>
    </message>
    <message>
        <source>the host&apos;s own; processes in it: {count}</source>
        <translation>宿主机自己的；其中的进程：{count}</translation>
    </message>
    <message>
        <source>processes in it: {count}</source>
        <translation>其中的进程：{count}</translation>
    </message>
    <message>
        <source>no process is in it: a bind mount keeps it</source>
        <translation>其中没有进程：由绑定挂载保留</translation>
    </message>
    <message>
        <source>no process is in it: an open file keeps it</source>
        <translation>其中没有进程：由打开的文件保留</translation>
    </message>
    <message>
        <source>no process is in it: a namespace below keeps it</source>
        <translation>其中没有进程：由下级命名空间保留</translation>
    </message>
    <message>
        <source>no whole process is in it: a thread, or children to come</source>
        <translation>其中没有完整的进程：只有线程，或将来的子进程</translation>
    </message>
    <message>
        <source>{owner}: who is privileged there is over this one</source>
        <translation>{owner}：在那里拥有特权者，对此处也有特权</translation>
    </message>
    <message>
        <source>none above it that could be seen: the root of the tree</source>
        <translation>上面没有可见的：它是树根</translation>
    </message>
    <message>
        <source>not known: {reason}</source>
        <translation>未知：{reason}</translation>
    </message>
    <message>
        <source>made by uid {uid} of the host</source>
        <translation>由宿主机的 uid {uid} 创建</translation>
    </message>
    <message>
        <source>every number is the same outside</source>
        <translation>每个编号在外部都相同</translation>
    </message>
    <message>
        <source>uid {inside} here is {outside} outside, and so on for {count} numbers</source>
        <translation>此处的 uid {inside} 在外部是 {outside}，依此类推共 {count} 个</translation>
    </message>
    <message>
        <source>nothing is mapped: nobody inside has a number outside</source>
        <translation>没有任何映射：内部无人在外部有编号</translation>
    </message>
    <message>
        <source>only a process in it could tell</source>
        <translation>只有其中的进程才能得知</translation>
    </message>
    <message>
        <source>none above it that could be seen</source>
        <translation>上面没有可见的</translation>
    </message>
    <message>
        <source>{parent}: its processes have a number there too</source>
        <translation>{parent}：其进程在那里也有编号</translation>
    </message>
    <message>
        <source>system calls to the host&apos;s kernel, of its control group {group}</source>
        <translation>其控制组 {group} 对宿主机内核的系统调用</translation>
    </message>
    <message>
        <source>system calls to the host&apos;s kernel, of the processes in its pid namespace</source>
        <translation>其 pid 命名空间中的进程对宿主机内核的系统调用</translation>
    </message>
    <message>
        <source>system calls to the host&apos;s kernel, of process {pid}</source>
        <translation>进程 {pid} 对宿主机内核的系统调用</translation>
    </message>
    <message>
        <source>system calls of every process of this machine</source>
        <translation>本机每个进程的系统调用</translation>
    </message>
    <message>
        <source>reads and writes alone, of processes that live on; others can&apos;t be counted: {reason}</source>
        <translation>只有持续存活的进程的读和写；其他的无法计数：{reason}</translation>
    </message>
    <message>
        <source>times a second that its processors left the guest&apos;s code for the host&apos;s</source>
        <translation>其处理器每秒离开客户机代码、进入宿主机代码的次数</translation>
    </message>
    <message>
        <source>none: QEMU translates the guest&apos;s code (TCG), so nothing leaves it; its processors ran {share} of the time</source>
        <translation>没有：QEMU 翻译客户机代码（TCG），因此不会退出；其处理器有 {share} 的时间在运行</translation>
    </message>
    <message>
        <source>not told: libvirt 8.9 and QEMU 7.1 or later would</source>
        <translation>未告知：libvirt 8.9 和 QEMU 7.1 或更新版本会告知</translation>
    </message>
</context>
<context>
    <name>Step</name>
    <message>
        <source>write the configuration</source>
        <translation>写入配置</translation>
    </message>
    <message>
        <source>connect the network</source>
        <translation>连接网络</translation>
    </message>
    <message>
        <source>read the configuration</source>
        <translation>读取配置</translation>
    </message>
    <message>
        <source>prepare the mounts</source>
        <translation>准备挂载</translation>
    </message>
    <message>
        <source>process in new namespaces (clone3)</source>
        <translation>在新命名空间中创建进程（clone3）</translation>
    </message>
    <message>
        <source>join namespaces</source>
        <translation>加入命名空间</translation>
    </message>
    <message>
        <source>map the user ids</source>
        <translation>映射用户 ID</translation>
    </message>
    <message>
        <source>control group and limits</source>
        <translation>控制组与限额</translation>
    </message>
    <message>
        <source>mount the file systems</source>
        <translation>挂载文件系统</translation>
    </message>
    <message>
        <source>make the devices</source>
        <translation>创建设备</translation>
    </message>
    <message>
        <source>hide paths of the kernel</source>
        <translation>隐藏内核路径</translation>
    </message>
    <message>
        <source>change the root (pivot_root)</source>
        <translation>更换根目录（pivot_root）</translation>
    </message>
    <message>
        <source>drop capabilities</source>
        <translation>放弃特权能力</translation>
    </message>
    <message>
        <source>filter system calls (seccomp)</source>
        <translation>过滤系统调用（seccomp）</translation>
    </message>
    <message>
        <source>run the program (execve)</source>
        <translation>运行程序（execve）</translation>
    </message>
    <message>
        <source>start QEMU</source>
        <translation>启动 QEMU</translation>
    </message>
    <message>
        <source>firmware</source>
        <translation>固件</translation>
    </message>
    <message>
        <source>boot the guest&apos;s kernel</source>
        <translation>启动客户机内核</translation>
    </message>
    <message>
        <source>the guest&apos;s init</source>
        <translation>客户机的 init</translation>
    </message>
    <message>
        <source>entry point</source>
        <translation>入口程序</translation>
    </message>
    <message>
        <source>unpack a layer</source>
        <translation>解包镜像层</translation>
    </message>
    <message>
        <source>copy the image</source>
        <translation>复制镜像</translation>
    </message>
    <message>
        <source>build the disk</source>
        <translation>构建磁盘</translation>
    </message>
    <message>
        <source>build the initramfs</source>
        <translation>构建 initramfs</translation>
    </message>
    <message>
        <source>build the image</source>
        <translation>构建镜像</translation>
    </message>
    <message>
        <source>define the domain</source>
        <translation>定义域</translation>
    </message>
    <message>
        <source>boot</source>
        <translation>启动内核</translation>
    </message>
    <message>
        <source>create</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>start</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>wait for it to end</source>
        <translation>等待它结束</translation>
    </message>
    <message>
        <source>end it by force</source>
        <translation>强制结束</translation>
    </message>
    <message>
        <source>delete its files</source>
        <translation>删除它的文件</translation>
    </message>
    <message>
        <source>build from the template</source>
        <translation>按模板构建</translation>
    </message>
    <message>
        <source>install packages</source>
        <translation>安装软件包</translation>
    </message>
    <message>
        <source>ask the registry</source>
        <translation>询问镜像仓库</translation>
    </message>
    <message>
        <source>fetch the layers</source>
        <translation>获取层</translation>
    </message>
    <message>
        <source>unpack the layers</source>
        <translation>解包各层</translation>
    </message>
    <message>
        <source>send to the registry</source>
        <translation>发送到镜像仓库</translation>
    </message>
    <message>
        <source>take the file in</source>
        <translation>接收文件</translation>
    </message>
    <message>
        <source>read the archive</source>
        <translation>读取归档</translation>
    </message>
    <message>
        <source>write the archive</source>
        <translation>写出归档</translation>
    </message>
    <message>
        <source>verify and keep a blob</source>
        <translation>校验并保存数据块</translation>
    </message>
    <message>
        <source>gather the changes</source>
        <translation>收集改动</translation>
    </message>
    <message>
        <source>copy the disk</source>
        <translation>复制磁盘</translation>
    </message>
    <message>
        <source>let libvirt make the snapshot</source>
        <translation>由 libvirt 建快照</translation>
    </message>
    <message>
        <source>copy a disk</source>
        <translation>复制磁盘</translation>
    </message>
    <message>
        <source>write the cloud-init seed</source>
        <translation>写入 cloud-init 种子</translation>
    </message>
    <message>
        <source>write the memory to disk</source>
        <translation>将内存写入磁盘</translation>
    </message>
    <message>
        <source>convert the disk</source>
        <translation>转换磁盘</translation>
    </message>
    <message>
        <source>read the disk in a machine of its own</source>
        <translation>在独立的虚拟机中读取磁盘</translation>
    </message>
    <message>
        <source>nothing is written inside</source>
        <translation>内部暂停写入</translation>
    </message>
    <message>
        <source>send the memory</source>
        <translation>发送内存</translation>
    </message>
    <message>
        <source>send the file</source>
        <translation>发送文件</translation>
    </message>
    <message>
        <source>a copy with all walls</source>
        <translation>保留全部墙的副本</translation>
    </message>
    <message>
        <source>a copy without some</source>
        <translation>缺少部分墙的副本</translation>
    </message>
    <message>
        <source>try what walls hold back</source>
        <translation>尝试墙所阻挡的操作</translation>
    </message>
    <message>
        <source>let libvirt move the machine</source>
        <translation>由 libvirt 迁移虚拟机</translation>
    </message>
    <message>
        <source>ask what stands against it</source>
        <translation>检查有何阻碍</translation>
    </message>
    <message>
        <source>let a disk take over what it needs</source>
        <translation>让磁盘接管所需的数据</translation>
    </message>
    <message>
        <source>check the digests</source>
        <translation>核对摘要</translation>
    </message>
    <message>
        <source>take the installer from the medium</source>
        <translation>从介质取出安装程序</translation>
    </message>
</context>
<context>
    <name>Verb</name>
    <message>
        <source>create</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>start</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>kill</source>
        <translation>强制结束</translation>
    </message>
    <message>
        <source>pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>resume</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>restart</source>
        <translation>重启</translation>
    </message>
    <message>
        <source>delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>change of limits</source>
        <translation>修改限额</translation>
    </message>
    <message>
        <source>image build</source>
        <translation>构建镜像</translation>
    </message>
    <message>
        <source>terminal</source>
        <translation>终端</translation>
    </message>
    <message>
        <source>cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>pull</source>
        <translation>拉取</translation>
    </message>
    <message>
        <source>push</source>
        <translation>推送</translation>
    </message>
    <message>
        <source>import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>commit</source>
        <translation>提交</translation>
    </message>
    <message>
        <source>further name</source>
        <translation>增加名称</translation>
    </message>
    <message>
        <source>clean-up</source>
        <translation>清理</translation>
    </message>
    <message>
        <source>sign-in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>sign-out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>edit of the XML</source>
        <translation>编辑 XML</translation>
    </message>
    <message>
        <source>change of hardware</source>
        <translation>更改硬件</translation>
    </message>
    <message>
        <source>save of the state</source>
        <translation>保存状态</translation>
    </message>
    <message>
        <source>snapshot</source>
        <translation>快照</translation>
    </message>
    <message>
        <source>revert</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>deletion of a snapshot</source>
        <translation>删除快照</translation>
    </message>
    <message>
        <source>clone</source>
        <translation>克隆</translation>
    </message>
    <message>
        <source>new volume</source>
        <translation>新建卷</translation>
    </message>
    <message>
        <source>copy of a volume</source>
        <translation>复制卷</translation>
    </message>
    <message>
        <source>upload</source>
        <translation>上传</translation>
    </message>
    <message>
        <source>change of a group&apos;s limits</source>
        <translation>更改控制组限额</translation>
    </message>
    <message>
        <source>freezing a group</source>
        <translation>冻结控制组</translation>
    </message>
    <message>
        <source>thawing a group</source>
        <translation>解冻控制组</translation>
    </message>
    <message>
        <source>killing a group</source>
        <translation>终止控制组</translation>
    </message>
    <message>
        <source>moving a process</source>
        <translation>移动进程</translation>
    </message>
    <message>
        <source>import a disk</source>
        <translation>导入磁盘</translation>
    </message>
    <message>
        <source>export a disk</source>
        <translation>导出磁盘</translation>
    </message>
    <message>
        <source>delete a disk</source>
        <translation>删除磁盘</translation>
    </message>
    <message>
        <source>copy of the disks</source>
        <translation>复制磁盘</translation>
    </message>
    <message>
        <source>memory dump</source>
        <translation>内存转储</translation>
    </message>
    <message>
        <source>download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>freeze</source>
        <translation>冻结</translation>
    </message>
    <message>
        <source>clock set</source>
        <translation>时钟已校准</translation>
    </message>
    <message>
        <source>password set</source>
        <translation>密码已设置</translation>
    </message>
    <message>
        <source>shutdown by the guest agent</source>
        <translation>由客户机代理关机</translation>
    </message>
    <message>
        <source>copy without walls</source>
        <translation>缺少墙的副本</translation>
    </message>
    <message>
        <source>walls put back</source>
        <translation>墙已复原</translation>
    </message>
    <message>
        <source>move to another host</source>
        <translation>迁移到另一主机</translation>
    </message>
    <message>
        <source>import of a machine</source>
        <translation>导入虚拟机</translation>
    </message>
</context>
<context>
    <name>VerbDone</name>
    <message>
        <source>%1 is created</source>
        <translation>%1 已创建</translation>
    </message>
    <message>
        <source>%1 is started</source>
        <translation>%1 已启动</translation>
    </message>
    <message>
        <source>%1 is stopped</source>
        <translation>%1 已停止</translation>
    </message>
    <message>
        <source>%1 is killed</source>
        <translation>%1 已强制结束</translation>
    </message>
    <message>
        <source>%1 is paused</source>
        <translation>%1 已暂停</translation>
    </message>
    <message>
        <source>%1 goes on</source>
        <translation>%1 已恢复</translation>
    </message>
    <message>
        <source>%1 is restarted</source>
        <translation>%1 已重启</translation>
    </message>
    <message>
        <source>%1 is deleted</source>
        <translation>%1 已删除</translation>
    </message>
    <message>
        <source>%1 is built</source>
        <translation>%1 已构建</translation>
    </message>
    <message>
        <source>%1 is here</source>
        <translation>%1 已就绪</translation>
    </message>
    <message>
        <source>%1 is pushed</source>
        <translation>%1 已推送</translation>
    </message>
    <message>
        <source>%1 is imported</source>
        <translation>%1 已导入</translation>
    </message>
    <message>
        <source>%1 is exported</source>
        <translation>%1 已导出</translation>
    </message>
    <message>
        <source>%1 is committed as an image</source>
        <translation>%1 已提交为镜像</translation>
    </message>
    <message>
        <source>%1 is saved</source>
        <translation>%1 已保存</translation>
    </message>
    <message>
        <source>%1 has a new snapshot</source>
        <translation>%1 有了新快照</translation>
    </message>
    <message>
        <source>%1 is as it was</source>
        <translation>%1 已恢复原状</translation>
    </message>
    <message>
        <source>%1: the snapshot is deleted</source>
        <translation>%1：快照已删除</translation>
    </message>
    <message>
        <source>%1 is cloned</source>
        <translation>%1 已克隆</translation>
    </message>
    <message>
        <source>%1 is made</source>
        <translation>%1 已创建</translation>
    </message>
    <message>
        <source>%1 is copied</source>
        <translation>%1 已复制</translation>
    </message>
    <message>
        <source>%1 is uploaded</source>
        <translation>%1 已上传</translation>
    </message>
    <message>
        <source>The disk %1 is imported</source>
        <translation>磁盘 %1 已导入</translation>
    </message>
    <message>
        <source>The disk %1 is exported</source>
        <translation>磁盘 %1 已导出</translation>
    </message>
    <message>
        <source>The disks of %1 are copied</source>
        <translation>%1 的磁盘已复制</translation>
    </message>
    <message>
        <source>The memory of %1 is dumped</source>
        <translation>%1 的内存已转储</translation>
    </message>
    <message>
        <source>%1 is downloaded</source>
        <translation>%1 已下载</translation>
    </message>
    <message>
        <source>The file systems of %1 go on</source>
        <translation>%1 的文件系统已恢复</translation>
    </message>
    <message>
        <source>%1 has a copy without some walls</source>
        <translation>%1 有一个缺少部分墙的副本</translation>
    </message>
    <message>
        <source>%1 is moved</source>
        <translation>%1 已迁移</translation>
    </message>
    <message>
        <source>The machine %1 is imported</source>
        <translation>虚拟机 %1 已导入</translation>
    </message>
</context>
<context>
    <name>VerbFailed</name>
    <message>
        <source>%1 could not be created</source>
        <translation>未能创建 %1</translation>
    </message>
    <message>
        <source>%1 could not be started</source>
        <translation>未能启动 %1</translation>
    </message>
    <message>
        <source>%1 could not be stopped</source>
        <translation>未能停止 %1</translation>
    </message>
    <message>
        <source>%1 could not be killed</source>
        <translation>未能强制结束 %1</translation>
    </message>
    <message>
        <source>%1 could not be paused</source>
        <translation>未能暂停 %1</translation>
    </message>
    <message>
        <source>%1 could not be resumed</source>
        <translation>未能恢复 %1</translation>
    </message>
    <message>
        <source>%1 could not be restarted</source>
        <translation>未能重启 %1</translation>
    </message>
    <message>
        <source>%1 could not be deleted</source>
        <translation>未能删除 %1</translation>
    </message>
    <message>
        <source>%1 could not be built</source>
        <translation>未能构建 %1</translation>
    </message>
    <message>
        <source>%1 failed: %2</source>
        <translation>%1 失败：%2</translation>
    </message>
    <message>
        <source>%1 could not be pulled</source>
        <translation>无法拉取 %1</translation>
    </message>
    <message>
        <source>%1 could not be pushed</source>
        <translation>无法推送 %1</translation>
    </message>
    <message>
        <source>%1 could not be imported</source>
        <translation>无法导入 %1</translation>
    </message>
    <message>
        <source>%1 could not be exported</source>
        <translation>无法导出 %1</translation>
    </message>
    <message>
        <source>%1 could not be committed</source>
        <translation>无法提交 %1</translation>
    </message>
    <message>
        <source>%1 could not be saved</source>
        <translation>无法保存 %1</translation>
    </message>
    <message>
        <source>%1: no snapshot was made</source>
        <translation>%1：没有建成快照</translation>
    </message>
    <message>
        <source>%1 could not be reverted</source>
        <translation>无法恢复 %1</translation>
    </message>
    <message>
        <source>%1: the snapshot was not deleted</source>
        <translation>%1：快照没有删除</translation>
    </message>
    <message>
        <source>%1 could not be cloned</source>
        <translation>无法克隆 %1</translation>
    </message>
    <message>
        <source>%1 could not be made</source>
        <translation>无法创建 %1</translation>
    </message>
    <message>
        <source>%1 could not be copied</source>
        <translation>无法复制 %1</translation>
    </message>
    <message>
        <source>%1 could not be uploaded</source>
        <translation>无法上传 %1</translation>
    </message>
    <message>
        <source>The disk %1 could not be imported</source>
        <translation>无法导入磁盘 %1</translation>
    </message>
    <message>
        <source>The disk %1 could not be exported</source>
        <translation>无法导出磁盘 %1</translation>
    </message>
    <message>
        <source>The disk %1 could not be deleted</source>
        <translation>无法删除磁盘 %1</translation>
    </message>
    <message>
        <source>The disks of %1 could not be copied</source>
        <translation>%1 的磁盘无法复制</translation>
    </message>
    <message>
        <source>The memory of %1 could not be dumped</source>
        <translation>%1 的内存无法转储</translation>
    </message>
    <message>
        <source>%1 could not be downloaded</source>
        <translation>%1 无法下载</translation>
    </message>
    <message>
        <source>%1 could not be frozen</source>
        <translation>%1 无法冻结</translation>
    </message>
    <message>
        <source>%1: no copy without walls was made</source>
        <translation>%1：未能创建缺少墙的副本</translation>
    </message>
    <message>
        <source>%1 could not be moved</source>
        <translation>无法迁移 %1</translation>
    </message>
    <message>
        <source>The machine %1 could not be imported</source>
        <translation>无法导入虚拟机 %1</translation>
    </message>
</context>
<context>
    <name>VerbProgress</name>
    <message>
        <source>Creating %1</source>
        <translation>正在创建 %1</translation>
    </message>
    <message>
        <source>Starting %1</source>
        <translation>正在启动 %1</translation>
    </message>
    <message>
        <source>Stopping %1</source>
        <translation>正在停止 %1</translation>
    </message>
    <message>
        <source>Killing %1</source>
        <translation>正在强制结束 %1</translation>
    </message>
    <message>
        <source>Pausing %1</source>
        <translation>正在暂停 %1</translation>
    </message>
    <message>
        <source>Resuming %1</source>
        <translation>正在恢复 %1</translation>
    </message>
    <message>
        <source>Restarting %1</source>
        <translation>正在重启 %1</translation>
    </message>
    <message>
        <source>Deleting %1</source>
        <translation>正在删除 %1</translation>
    </message>
    <message>
        <source>Building %1</source>
        <translation>正在构建 %1</translation>
    </message>
    <message>
        <source>Pulling %1</source>
        <translation>正在拉取 %1</translation>
    </message>
    <message>
        <source>Pushing %1</source>
        <translation>正在推送 %1</translation>
    </message>
    <message>
        <source>Importing %1</source>
        <translation>正在导入 %1</translation>
    </message>
    <message>
        <source>Exporting %1</source>
        <translation>正在导出 %1</translation>
    </message>
    <message>
        <source>Committing %1</source>
        <translation>正在提交 %1</translation>
    </message>
    <message>
        <source>Saving %1</source>
        <translation>正在保存 %1</translation>
    </message>
    <message>
        <source>Making a snapshot of %1</source>
        <translation>正在为 %1 建快照</translation>
    </message>
    <message>
        <source>Reverting %1</source>
        <translation>正在恢复 %1</translation>
    </message>
    <message>
        <source>Deleting a snapshot of %1</source>
        <translation>正在删除 %1 的快照</translation>
    </message>
    <message>
        <source>Cloning %1</source>
        <translation>正在克隆 %1</translation>
    </message>
    <message>
        <source>Making %1</source>
        <translation>正在创建 %1</translation>
    </message>
    <message>
        <source>Copying %1</source>
        <translation>正在复制 %1</translation>
    </message>
    <message>
        <source>Uploading %1</source>
        <translation>正在上传 %1</translation>
    </message>
    <message>
        <source>Importing the disk %1</source>
        <translation>正在导入磁盘 %1</translation>
    </message>
    <message>
        <source>Exporting the disk %1</source>
        <translation>正在导出磁盘 %1</translation>
    </message>
    <message>
        <source>Copying the disks of %1</source>
        <translation>正在复制 %1 的磁盘</translation>
    </message>
    <message>
        <source>Dumping the memory of %1</source>
        <translation>正在转储 %1 的内存</translation>
    </message>
    <message>
        <source>Downloading %1</source>
        <translation>正在下载 %1</translation>
    </message>
    <message>
        <source>%1: file systems frozen</source>
        <translation>%1：文件系统已冻结</translation>
    </message>
    <message>
        <source>Taking walls of a copy of %1 down</source>
        <translation>正在拆掉 %1 副本的墙</translation>
    </message>
    <message>
        <source>Moving %1</source>
        <translation>正在迁移 %1</translation>
    </message>
    <message>
        <source>Importing the machine %1</source>
        <translation>正在导入虚拟机 %1</translation>
    </message>
</context>
<context>
    <name>Wall</name>
    <message>
        <source>Process numbers</source>
        <translation>进程编号</translation>
    </message>
    <message>
        <source>In this machine&apos;s pid namespace: every process has a number inside</source>
        <translation>处于本机的 pid 命名空间：每个进程在内部都有编号</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>In this machine&apos;s network namespace: its interfaces, its loopback</source>
        <translation>处于本机的网络命名空间：本机的接口和回环</translation>
    </message>
    <message>
        <source>Host name</source>
        <translation>主机名</translation>
    </message>
    <message>
        <source>In this machine&apos;s uts namespace</source>
        <translation>处于本机的 uts 命名空间</translation>
    </message>
    <message>
        <source>Shared memory</source>
        <translation>共享内存</translation>
    </message>
    <message>
        <source>In this machine&apos;s ipc namespace: its shared memory, semaphores, queues</source>
        <translation>处于本机的 ipc 命名空间：本机的共享内存、信号量和队列</translation>
    </message>
    <message>
        <source>Control group</source>
        <translation>控制组</translation>
    </message>
    <message>
        <source>In this machine&apos;s cgroup namespace: it sees where it is</source>
        <translation>处于本机的 cgroup 命名空间：能看到自己的位置</translation>
    </message>
    <message>
        <source>User mapping</source>
        <translation>用户映射</translation>
    </message>
    <message>
        <source>No user namespace: root inside is root outside</source>
        <translation>没有用户命名空间：内部的 root 就是外部的 root</translation>
    </message>
    <message>
        <source>System call filter</source>
        <translation>系统调用过滤器</translation>
    </message>
    <message>
        <source>No seccomp: every system call reaches the kernel</source>
        <translation>没有 seccomp：所有系统调用都到达内核</translation>
    </message>
    <message>
        <source>Hidden files</source>
        <translation>隐藏的文件</translation>
    </message>
    <message>
        <source>Nothing of /proc and /sys is hidden or read-only</source>
        <translation>/proc 和 /sys 中没有隐藏或只读的内容</translation>
    </message>
    <message>
        <source>Capabilities</source>
        <translation>权能</translation>
    </message>
    <message>
        <source>All of them, not twelve</source>
        <translation>拥有全部权能，而不是十二项</translation>
    </message>
    <message>
        <source>Device rules</source>
        <translation>设备规则</translation>
    </message>
    <message>
        <source>Every device may be opened</source>
        <translation>可以打开任何设备</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>This machine&apos;s root is at /host, read-only</source>
        <translation>本机的根目录位于 /host，只读</translation>
    </message>
    <message>
        <source>No network card</source>
        <translation>没有网卡</translation>
    </message>
    <message>
        <source>It has a card on its network: this machine is at the other end</source>
        <translation>它的网络上有一块网卡：另一端就是本机</translation>
    </message>
    <message>
        <source>No file of this machine</source>
        <translation>没有本机的文件</translation>
    </message>
    <message>
        <source>A public file of this machine is its second disk, read-only</source>
        <translation>本机的一个公开文件作为它的第二块磁盘，只读</translation>
    </message>
    <message>
        <source>A kernel of its own</source>
        <translation>自己的内核</translation>
    </message>
    <message>
        <source>Without it, it would be a container: compare it with its twin</source>
        <translation>没有它就成了容器：请与它的孪生实例比较</translation>
    </message>
    <message>
        <source>QEMU&apos;s user</source>
        <translation>QEMU 的用户</translation>
    </message>
    <message>
        <source>It counts once somebody has broken out into QEMU: no harmless attempt does that</source>
        <translation>只有在有人突破到 QEMU 之后才起作用：没有无害的尝试能做到这一点</translation>
    </message>
    <message>
        <source>QEMU&apos;s call filter</source>
        <translation>QEMU 的调用过滤器</translation>
    </message>
    <message>
        <source>libvirt filters all machines alike (seccomp_sandbox in qemu.conf)</source>
        <translation>libvirt 对所有虚拟机一视同仁地过滤（qemu.conf 中的 seccomp_sandbox）</translation>
    </message>
    <message>
        <source>Simple devices</source>
        <translation>简单的设备</translation>
    </message>
    <message>
        <source>Emulated ones are more code to attack: no harmless attempt shows it</source>
        <translation>模拟设备意味着更多可受攻击的代码：没有无害的尝试能显示这一点</translation>
    </message>
    <message>
        <source>Memory of its own</source>
        <translation>自己的内存</translation>
    </message>
    <message>
        <source>Shared, it opens to programs of this machine, not to the guest</source>
        <translation>共享后，是向本机的程序开放，而不是向虚拟机内部开放</translation>
    </message>
</context>
<context>
    <name>WiringRows</name>
    <message>
        <source>network namespace</source>
        <translation>网络命名空间</translation>
    </message>
    <message>
        <source>other end</source>
        <translation>另一端</translation>
    </message>
    <message>
        <source>%1, number %2 of %3</source>
        <translation>%1，%3 中的第 %2 号</translation>
    </message>
    <message>
        <source>opened by process</source>
        <translation>由进程打开</translation>
    </message>
    <message>
        <source>port of</source>
        <translation>端口属于</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>是什么</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>在哪里</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Other end</source>
        <translation>另一端</translation>
    </message>
    <message>
        <source>Traffic</source>
        <translation>流量</translation>
    </message>
    <message>
        <source>interface</source>
        <translation>接口</translation>
    </message>
    <message>
        <source>number %1 of %2, MTU %3</source>
        <translation>%2 中的第 %1 号，MTU %3</translation>
    </message>
    <message>
        <source>none but the card&apos;s own</source>
        <translation>只有网卡自己的地址</translation>
    </message>
    <message>
        <source>address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>of the card</source>
        <translation>网卡的</translation>
    </message>
    <message>
        <source>%1 received, %2 sent</source>
        <translation>已接收 %1，已发送 %2</translation>
    </message>
    <message>
        <source>counters</source>
        <translation>计数器</translation>
    </message>
    <message numerus="yes">
        <source>%1; and %n more</source>
        <translation>
            <numerusform>%1；还有 %n 条</numerusform>
        </translation>
    </message>
    <message>
        <source>none among those that were read</source>
        <translation>读到的之中没有</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>none leads out by it</source>
        <translation>没有从它出去的</translation>
    </message>
</context>
<context>
    <name>WiringScene</name>
    <message>
        <source>could not be entered</source>
        <translation>无法进入</translation>
    </message>
    <message>
        <source>no cable</source>
        <translation>没有线缆</translation>
    </message>
    <message>
        <source>its network card</source>
        <translation>它的网卡</translation>
    </message>
    <message>
        <source>a kernel of its own: addresses are told inside</source>
        <translation>自己的内核：地址在内部才知道</translation>
    </message>
    <message>
        <source>This machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>on %1</source>
        <translation>在 %1 上</translation>
    </message>
    <message>
        <source>The machine&apos;s own address on this bridge</source>
        <translation>本机在此网桥上的地址</translation>
    </message>
    <message numerus="yes">
        <source>and %n more: search, or see the list below</source>
        <translation>
            <numerusform>另有 %n 个：请搜索，或查看下方列表</numerusform>
        </translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>→ out through %1</source>
        <translation>→ 经 %1 出去</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>virtual machine</source>
        <translation>虚拟机</translation>
    </message>
    <message>
        <source>container</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>being created</source>
        <translation>正在创建</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>broken</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>own address behind the host (NAT)</source>
        <translation>宿主机之后的独立地址（NAT）</translation>
    </message>
    <message>
        <source>the host&apos;s own network</source>
        <translation>宿主机自己的网络</translation>
    </message>
    <message>
        <source>no network</source>
        <translation>没有网络</translation>
    </message>
    <message>
        <source>TCG (software)</source>
        <translation>TCG（软件模拟）</translation>
    </message>
    <message>
        <source>no virtual machines</source>
        <translation>不能运行虚拟机</translation>
    </message>
    <message>
        <source>exited with code %1 (SIG%2)</source>
        <translation>退出，代码 %1（SIG%2）</translation>
    </message>
    <message>
        <source>exited with code %1</source>
        <translation>退出，代码 %1</translation>
    </message>
    <message>
        <source>stopped (out of memory)</source>
        <translation>已停止（内存耗尽）</translation>
    </message>
    <message>
        <source>stopped (%1)</source>
        <translation>已停止（%1）</translation>
    </message>
    <message>
        <source>installing</source>
        <translation>正在安装</translation>
    </message>
    <message>
        <source>not installed yet</source>
        <translation>尚未安装</translation>
    </message>
</context>
<context>
    <name>Workload</name>
    <message>
        <source>This machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Podman</source>
        <translation>Podman</translation>
    </message>
    <message>
        <source>Docker</source>
        <translation>Docker</translation>
    </message>
    <message>
        <source>containerd</source>
        <translation>containerd</translation>
    </message>
    <message>
        <source>CRI-O</source>
        <translation>CRI-O</translation>
    </message>
    <message>
        <source>Kubernetes</source>
        <translation>Kubernetes</translation>
    </message>
    <message>
        <source>LXC</source>
        <translation>LXC</translation>
    </message>
    <message>
        <source>systemd-nspawn</source>
        <translation>systemd-nspawn</translation>
    </message>
    <message>
        <source>Flatpak</source>
        <translation>Flatpak</translation>
    </message>
    <message>
        <source>bubblewrap</source>
        <translation>bubblewrap</translation>
    </message>
    <message>
        <source>unshare</source>
        <translation>unshare</translation>
    </message>
    <message>
        <source>another libvirt</source>
        <translation>另一个 libvirt</translation>
    </message>
    <message>
        <source>QEMU without libvirt</source>
        <translation>不经 libvirt 的 QEMU</translation>
    </message>
    <message>
        <source>systemd services with limits or walls</source>
        <translation>有限制或隔离的 systemd 服务</translation>
    </message>
    <message>
        <source>systemd scopes with limits or walls</source>
        <translation>有限制或隔离的 systemd 范围</translation>
    </message>
    <message>
        <source>Namespaces of unknown makers</source>
        <translation>未知创建者的命名空间</translation>
    </message>
</context>
<context>
    <name>WorkloadForm</name>
    <message>
        <source>container</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>virtual machine</source>
        <translation>虚拟机</translation>
    </message>
    <message>
        <source>sandbox</source>
        <translation>沙箱</translation>
    </message>
    <message>
        <source>service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>host</source>
        <translation>主机</translation>
    </message>
</context>
<context>
    <name>diptych::client::CallLane</name>
    <message>
        <source>The helper did not answer in time.</source>
        <translation>助手程序没有及时应答。</translation>
    </message>
</context>
<context>
    <name>diptych::client::DisplayLink</name>
    <message>
        <source>The connection has ended.</source>
        <translation>连接已结束。</translation>
    </message>
    <message>
        <source>No socket could be made for the display.</source>
        <translation>无法为显示建立套接字。</translation>
    </message>
</context>
<context>
    <name>diptych::client::Download</name>
    <message>
        <source>%1 can&apos;t be written: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>The connection ended before the whole file had come.</source>
        <translation>文件尚未收完，连接就断开了。</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
</context>
<context>
    <name>diptych::client::FileReader</name>
    <message>
        <source>it became shorter</source>
        <translation>它变短了</translation>
    </message>
</context>
<context>
    <name>diptych::client::TerminalLink</name>
    <message>
        <source>The connection has ended.</source>
        <translation>连接已结束。</translation>
    </message>
</context>
<context>
    <name>diptych::client::Upload</name>
    <message>
        <source>%1 can&apos;t be read: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
    <message>
        <source>The connection ended before the whole file was sent.</source>
        <translation>文件尚未发完，连接就断开了。</translation>
    </message>
    <message>
        <source>%1 became shorter while it was read.</source>
        <translation>%1 在读取期间变短了。</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
</context>
<context>
    <name>diptych::client::VarlinkClient</name>
    <message>
        <source>The helper refuses you: %1. Add yourself to the group diptych and log in again.</source>
        <translation>助手程序拒绝了您：%1。请把自己加入 diptych 组并重新登录。</translation>
    </message>
    <message>
        <source>“%1” is not an address of a helper. Use unix:/path or ssh:user@host.</source>
        <translation>“%1”不是助手程序的地址。请使用 unix:/路径 或 ssh:用户@主机。</translation>
    </message>
    <message>
        <source>What answers at %1 is not Diptych&apos;s helper, or does not answer: %2</source>
        <translation>%1 处应答的不是 Diptych 的助手程序，或没有应答：%2</translation>
    </message>
    <message>
        <source>The helper is not running. Start it with: sudo systemctl start diptychd</source>
        <translation>助手程序没有运行。启动命令：sudo systemctl start diptychd</translation>
    </message>
    <message>
        <source>You may not talk to the helper. Add yourself to its group with: sudo usermod -aG diptych %1 — and log in again.</source>
        <translation>您无权连接助手程序。请加入它的组：sudo usermod -aG diptych %1，然后重新登录。</translation>
    </message>
    <message>
        <source>The helper has ended the connection. Diptych reconnects as soon as it is back.</source>
        <translation>助手程序断开了连接。它恢复后 Diptych 会自动重新连接。</translation>
    </message>
    <message>
        <source>The helper sent more than 16 MiB in one answer.</source>
        <translation>助手程序在一次应答中发送了超过 16 MiB 的数据。</translation>
    </message>
    <message>
        <source>The connection to %1 has ended.</source>
        <translation>与 %1 的连接已结束。</translation>
    </message>
    <message>
        <source>The connection to %1 failed: %2</source>
        <translation>连接 %1 失败：%2</translation>
    </message>
    <message>
        <source>Not connected to the helper.</source>
        <translation>未连接到助手程序。</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::AddConnectionDialog</name>
    <message>
        <source>QEMU/KVM on another host, over SSH</source>
        <translation>其他主机上的 QEMU/KVM，经由 SSH</translation>
    </message>
    <message>
        <source>QEMU/KVM, my own session</source>
        <translation>QEMU/KVM，我自己的会话</translation>
    </message>
    <message>
        <source>Xen</source>
        <translation>Xen</translation>
    </message>
    <message>
        <source>VMware ESX</source>
        <translation>VMware ESX</translation>
    </message>
    <message>
        <source>VirtualBox</source>
        <translation>VirtualBox</translation>
    </message>
    <message>
        <source>Libvirt&apos;s test driver: nothing real</source>
        <translation>libvirt 的测试驱动：没有真实的机器</translation>
    </message>
    <message>
        <source>Another URI</source>
        <translation>其他 URI</translation>
    </message>
    <message>
        <source>Add a libvirt connection</source>
        <translation>添加 libvirt 连接</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>&amp;What</source>
        <translation>类型(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Host</source>
        <translation>主机(&amp;H)</translation>
    </message>
    <message>
        <source>Its key must be known to your ssh already, and yours to it: nobody is there to be asked.</source>
        <translation>您的 ssh 必须已认识它的密钥，它也必须认识您的：连接时没有人可以回答提问。</translation>
    </message>
    <message>
        <source>&amp;URI</source>
        <translation>URI(&amp;U)</translation>
    </message>
    <message>
        <source>As libvirt has it. It is opened as you, never as root.</source>
        <translation>libvirt 的写法。它以您的身份打开，绝不以 root 身份打开。</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>A host is needed: user@host.</source>
        <translation>需要主机：user@host。</translation>
    </message>
    <message>
        <source>A URI is needed: qemu+ssh://user@host/system.</source>
        <translation>需要 URI：qemu+ssh://user@host/system。</translation>
    </message>
    <message>
        <source>A name is needed.</source>
        <translation>需要名称。</translation>
    </message>
    <message>
        <source>Not added</source>
        <translation>未添加</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::AppliancePanel</name>
    <message>
        <source>size not told</source>
        <translation>未说明大小</translation>
    </message>
    <message>
        <source>%1, empty</source>
        <translation>%1，空的</translation>
    </message>
    <message>
        <source>sound card: can be added afterwards, on the tab Hardware</source>
        <translation>声卡：可以之后在“硬件”选项卡中添加</translation>
    </message>
    <message>
        <source>floppy drive</source>
        <translation>软盘驱动器</translation>
    </message>
    <message>
        <source>CD drive: can be added afterwards, on the tab Hardware</source>
        <translation>光驱：可以之后在“硬件”选项卡中添加</translation>
    </message>
    <message>
        <source>serial port: it gets one of its own</source>
        <translation>串口：会得到一个自己的串口</translation>
    </message>
    <message>
        <source>parallel port</source>
        <translation>并口</translation>
    </message>
    <message>
        <source>controller</source>
        <translation>控制器</translation>
    </message>
    <message>
        <source>device of the other hypervisor</source>
        <translation>其他虚拟化平台的设备</translation>
    </message>
    <message>
        <source>configurations that are not the one it means</source>
        <translation>未被选用的配置</translation>
    </message>
    <message>
        <source>disk that the machine does not have</source>
        <translation>虚拟机没有使用的磁盘</translation>
    </message>
    <message>
        <source>settings that it asks for at its first start</source>
        <translation>首次启动时要求填写的设置</translation>
    </message>
    <message>
        <source>file that is no disk of it</source>
        <translation>不属于其磁盘的文件</translation>
    </message>
    <message>
        <source>signature: nobody looked at it</source>
        <translation>签名：未作检查</translation>
    </message>
    <message>
        <source>System: %1</source>
        <translation>系统：%1</translation>
    </message>
    <message>
        <source>Licence:</source>
        <translation>许可协议：</translation>
    </message>
    <message>
        <source>I agree to this licence</source>
        <translation>我同意此许可协议</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可协议</translation>
    </message>
    <message numerus="yes">
        <source>%n disk(s), into the pool “diptych”:</source>
        <translation>
            <numerusform>%n 个磁盘，存入存储池“diptych”：</numerusform>
        </translation>
    </message>
    <message>
        <source>Not carried over:</source>
        <translation>不会带过来的：</translation>
    </message>
    <message>
        <source>Network card %1:</source>
        <translation>网卡 %1：</translation>
    </message>
    <message>
        <source>Network card %1, there in “%2”:</source>
        <translation>网卡 %1，原来接在“%2”：</translation>
    </message>
    <message>
        <source>Network of card %1</source>
        <translation>网卡 %1 的网络</translation>
    </message>
    <message>
        <source>none: without this card</source>
        <translation>无：不要这块网卡</translation>
    </message>
    <message>
        <source>Choose the machine&apos;s archive first.</source>
        <translation>请先选择虚拟机的归档。</translation>
    </message>
    <message>
        <source>The archive has not been read.</source>
        <translation>尚未读取归档。</translation>
    </message>
    <message>
        <source>Its maker wants its licence to be agreed to.</source>
        <translation>制作者要求同意其许可协议。</translation>
    </message>
    <message>
        <source>CD drive, empty</source>
        <translation>光驱，空</translation>
    </message>
    <message>
        <source>CD drive with %1</source>
        <translation>光驱，内有 %1</translation>
    </message>
    <message>
        <source>Keep the MAC addresses</source>
        <translation>保留 MAC 地址</translation>
    </message>
    <message>
        <source>%1 is an address of %2 already.</source>
        <translation>%1 已是 %2 的地址。</translation>
    </message>
    <message>
        <source>%1. Only where the machine that it comes from does not run any more: two with the same address disturb each other.</source>
        <translation>%1。仅当原来的虚拟机不再运行时才保留：两台机器用同一地址会互相干扰。</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::BuildDialog</name>
    <message>
        <source>Build an image</source>
        <translation>构建镜像</translation>
    </message>
    <message>
        <source>Build</source>
        <translation>构建</translation>
    </message>
    <message>
        <source>Asking the helper …</source>
        <translation>正在询问助手程序…</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>&amp;Suite</source>
        <translation>发行版代号(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Packages</source>
        <translation>软件包(&amp;P)</translation>
    </message>
    <message>
        <source>Further ones, with blanks between</source>
        <translation>额外的软件包，以空格分隔</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>The templates are not known</source>
        <translation>无法得知有哪些模板</translation>
    </message>
    <message>
        <source>The helper has no templates.</source>
        <translation>助手程序没有模板。</translation>
    </message>
    <message>
        <source>There is one of this name: the name moves to the new one.</source>
        <translation>已有同名镜像：该名称将移到新镜像上。</translation>
    </message>
    <message>
        <source>The helper was asked for its templates.</source>
        <translation>正在向助手程序询问模板。</translation>
    </message>
    <message>
        <source>No template can be used here.</source>
        <translation>这里没有可用的模板。</translation>
    </message>
    <message>
        <source>A suite is needed, like bookworm.</source>
        <translation>需要发行版代号，例如 bookworm。</translation>
    </message>
    <message>
        <source>“%1” is no name of a package.</source>
        <translation>“%1”不是软件包名。</translation>
    </message>
    <message>
        <source>Not built</source>
        <translation>未构建</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::CommitDialog</name>
    <message>
        <source>Commit %1 as an image</source>
        <translation>将 %1 提交为镜像</translation>
    </message>
    <message>
        <source>Commit</source>
        <translation>提交</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>说明(&amp;C)</translation>
    </message>
    <message>
        <source>Stands in the image&apos;s history</source>
        <translation>会写入镜像的历史</translation>
    </message>
    <message>
        <source>The image is what the container was made of, and a layer with what was changed in it since.</source>
        <translation>新镜像由容器原来的镜像，加上一层此后的改动组成。</translation>
    </message>
    <message>
        <source>It is running: it stands still while its changes are read.</source>
        <translation>它正在运行：读取改动期间会暂停。</translation>
    </message>
    <message>
        <source>Not committed</source>
        <translation>未提交</translation>
    </message>
    <message>
        <source>The image is the whole file system on its disk, as one layer. A small virtual machine reads it, so that no kernel of this host has to trust it. It can be ext2, ext3 or ext4, on the whole disk or a partition.</source>
        <translation>镜像是其磁盘上的整个文件系统，作为一层。由一台小型虚拟机读取，因此本机内核无需信任它。可以是 ext2、ext3 或 ext4，占整个磁盘或一个分区。</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::ConnectDialog</name>
    <message>
        <source>This machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Another machine, over ssh</source>
        <translation>另一台机器，通过 ssh</translation>
    </message>
    <message>
        <source>Connect to a host</source>
        <translation>连接主机</translation>
    </message>
    <message>
        <source>Host, as user@host</source>
        <translation>主机，格式为 用户@主机</translation>
    </message>
    <message>
        <source>user@host</source>
        <translation>用户@主机</translation>
    </message>
    <message>
        <source>Uses your own ssh configuration and keys and runs “diptychd bridge” there. A key or agent is needed: no password can be typed.</source>
        <translation>使用您自己的 ssh 配置和密钥，在对方运行“diptychd bridge”。需要密钥或代理：这里不能输入密码。</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>“%1” is no host: write host or user@host.</source>
        <translation>“%1”不是主机：请写 主机 或 用户@主机。</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::ConnectionsDialog</name>
    <message>
        <source>Libvirt connections</source>
        <translation>libvirt 连接</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Machines</source>
        <translation>虚拟机</translation>
    </message>
    <message>
        <source>URI</source>
        <translation>URI</translation>
    </message>
    <message>
        <source>About the chosen connection</source>
        <translation>关于所选连接</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>Close it</source>
        <translation>关闭连接</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>None yet. The machines of qemu:///system are there without one. Add another host over SSH, your own session, or any other libvirt URI: its machines appear beside the others.</source>
        <translation>还没有。qemu:///system 的虚拟机无需添加就在列表中。可添加经由 SSH 的其他主机、您自己的会话或任何其他 libvirt URI：其虚拟机会与其他虚拟机并列显示。</translation>
    </message>
    <message>
        <source>Their machines stand among the instances. Each is opened as the user who added it, with that user&apos;s keys.</source>
        <translation>它们的虚拟机显示在实例之中。每个连接都以添加它的用户身份、用该用户的密钥打开。</translation>
    </message>
    <message>
        <source>Choose a connection first</source>
        <translation>请先选择一个连接</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Remove for good</source>
        <translation>确定移除</translation>
    </message>
    <message>
        <source>Hypervisor: %1 %2, host %3</source>
        <translation>虚拟机监控程序：%1 %2，主机 %3</translation>
    </message>
    <message>
        <source>What it can&apos;t do, as libvirt says:</source>
        <translation>它做不到的（libvirt 的说明）：</translation>
    </message>
    <message>
        <source>%1 stays as it is</source>
        <translation>%1 保持不变</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>移除 %1？</translation>
    </message>
    <message>
        <source>Its machines go from the list and stay where they are. Press once more.</source>
        <translation>其虚拟机从列表中消失，但仍留在原处。请再按一次。</translation>
    </message>
    <message>
        <source>%1 was not removed</source>
        <translation>%1 未移除</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::DeleteDialog</name>
    <message>
        <source>Delete their disks too</source>
        <translation>同时删除它们的磁盘</translation>
    </message>
    <message numerus="yes">
        <source>%n instances</source>
        <translation>
            <numerusform>%n 个实例</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>删除 %1</translation>
    </message>
    <message>
        <source>Delete %1?</source>
        <translation>删除 %1？</translation>
    </message>
    <message>
        <source>What will be deleted and what stays</source>
        <translation>会删除什么、保留什么</translation>
    </message>
    <message>
        <source>Domains that were not made by Diptych keep their disks unless this is ticked.</source>
        <translation>不是由 Diptych 创建的域会保留磁盘，除非勾选此项。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>%1 — %2, %3</source>
        <translation>%1 — %2，%3</translation>
    </message>
    <message>
        <source>Asking what belongs to it …</source>
        <translation>正在查询它包含什么…</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Will be deleted</source>
        <translation>将删除</translation>
    </message>
    <message>
        <source>Stays</source>
        <translation>将保留</translation>
    </message>
    <message>
        <source>%1 is not stopped: kill it first</source>
        <translation>%1 尚未停止：先强制结束它</translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) are not stopped: kill them first</source>
        <translation>
            <numerusform>%n 个实例尚未停止：先强制结束它们</numerusform>
        </translation>
    </message>
    <message>
        <source>Waiting for the list of what would be deleted.</source>
        <translation>正在等待将删除内容的清单。</translation>
    </message>
    <message>
        <source>What would be deleted is not known, so nothing can be deleted here.</source>
        <translation>不清楚会删除什么，因此这里不能删除。</translation>
    </message>
    <message>
        <source>Stop it first, or tick that it may be killed.</source>
        <translation>请先停止它，或勾选允许强制结束。</translation>
    </message>
    <message>
        <source>Nothing was deleted</source>
        <translation>没有删除任何东西</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::DisksDialog</name>
    <message>
        <source>Disks</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>Disks of virtual machines</source>
        <translation>虚拟机磁盘</translation>
    </message>
    <message>
        <source>Imported disks</source>
        <translation>已导入的磁盘</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>On this host</source>
        <translation>在本机上占用</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Asking the helper …</source>
        <translation>正在询问辅助程序…</translation>
    </message>
    <message>
        <source>The disks are not known</source>
        <translation>无法得知有哪些磁盘</translation>
    </message>
    <message>
        <source>None yet. Import a qcow2, raw, VMDK or VDI disk, an ISO or an OVA.</source>
        <translation>还没有。可导入 qcow2、raw、VMDK 或 VDI 磁盘、ISO 或 OVA。</translation>
    </message>
    <message>
        <source>They are in libvirt&apos;s storage pool “diptych”, for any virtual machine of this host.</source>
        <translation>它们位于 libvirt 的存储池“diptych”中，本机的任何虚拟机都可使用。</translation>
    </message>
    <message>
        <source>Choose a disk first</source>
        <translation>请先选择磁盘</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>永久删除</translation>
    </message>
    <message>
        <source>Delete %1?</source>
        <translation>删除 %1？</translation>
    </message>
    <message>
        <source>%1 is not deleted</source>
        <translation>%1 未被删除</translation>
    </message>
    <message>
        <source>It is deleted only if no virtual machine needs it, now or for going back to a snapshot. Press the button again.</source>
        <translation>仅当没有虚拟机需要它（现在使用或用于恢复快照）时才会删除。请再按一次按钮。</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::ExportDialog</name>
    <message>
        <source>Export %1</source>
        <translation>导出 %1</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Archives (*.tar);;All files (*)</source>
        <translation>归档 (*.tar);;所有文件 (*)</translation>
    </message>
    <message>
        <source>OCI archive: podman load, skopeo, buildah</source>
        <translation>OCI 归档：podman load、skopeo、buildah</translation>
    </message>
    <message>
        <source>Docker archive: docker load, podman load</source>
        <translation>Docker 归档：docker load、podman load</translation>
    </message>
    <message>
        <source>F&amp;ormat</source>
        <translation>格式(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>The file is written on this machine, beside its name, and gets the name when it is whole.</source>
        <translation>文件写在本机，先用临时名称，写完整后再改为此名。</translation>
    </message>
    <message>
        <source>It is there already and will be replaced.</source>
        <translation>文件已存在，将被替换。</translation>
    </message>
    <message>
        <source>Choose a file first.</source>
        <translation>请先选择文件。</translation>
    </message>
    <message>
        <source>This is a directory: a file&apos;s name is needed.</source>
        <translation>这是目录：需要文件名。</translation>
    </message>
    <message>
        <source>There is no directory %1.</source>
        <translation>没有目录 %1。</translation>
    </message>
    <message>
        <source>Not exported</source>
        <translation>未导出</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::ExportDiskDialog</name>
    <message>
        <source>Export %1</source>
        <translation>导出 %1</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>OVA: VMware, VirtualBox and others</source>
        <translation>OVA：VMware、VirtualBox 等</translation>
    </message>
    <message>
        <source>qcow2 and domain XML in a tar: libvirt elsewhere</source>
        <translation>qcow2 与域 XML 的 tar 包：其他主机上的 libvirt</translation>
    </message>
    <message>
        <source>qcow2: QEMU and libvirt</source>
        <translation>qcow2：QEMU 与 libvirt</translation>
    </message>
    <message>
        <source>VMDK: the disk for VMware</source>
        <translation>VMDK：供 VMware 使用的磁盘</translation>
    </message>
    <message>
        <source>VDI: the disk for VirtualBox</source>
        <translation>VDI：供 VirtualBox 使用的磁盘</translation>
    </message>
    <message>
        <source>Raw: every byte of the disk</source>
        <translation>Raw：磁盘的每一个字节</translation>
    </message>
    <message>
        <source>F&amp;ormat</source>
        <translation>格式(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>One ext4 file system with the image and all changes. It has no kernel and no boot loader: start it with a kernel of your own.</source>
        <translation>一个 ext4 文件系统，含镜像及所有更改。其中没有内核和引导程序：请用自己的内核启动。</translation>
    </message>
    <message>
        <source>The file is written on this machine, beside its name, and gets the name when it is whole.</source>
        <translation>文件写在本机上，先用临时名称，写完整后才改为所选名称。</translation>
    </message>
    <message>
        <source>It is there already and will be replaced.</source>
        <translation>它已存在，将被替换。</translation>
    </message>
    <message>
        <source>Choose a file first.</source>
        <translation>请先选择文件。</translation>
    </message>
    <message>
        <source>There is no such directory.</source>
        <translation>没有这个目录。</translation>
    </message>
    <message>
        <source>Not exported</source>
        <translation>未导出</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::FileField</name>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::FormDialog</name>
    <message>
        <source>The helper was asked …</source>
        <translation>正在等待助手程序…</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::ImageDeleteDialog</name>
    <message>
        <source>Delete %1?</source>
        <translation>删除 %1？</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n images?</source>
        <translation>
            <numerusform>删除 %n 个镜像？</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>What will be deleted and what stays</source>
        <translation>将删除什么，保留什么</translation>
    </message>
    <message>
        <source>%1: used by %2</source>
        <translation>%1：正被 %2 使用</translation>
    </message>
    <message>
        <source>the name %1</source>
        <translation>名称 %1</translation>
    </message>
    <message>
        <source>the image itself, by its name %1</source>
        <translation>镜像本身（名称 %1）</translation>
    </message>
    <message>
        <source>layers that no other image has: %1</source>
        <translation>其他镜像没有的层：%1</translation>
    </message>
    <message>
        <source>layers that other images have too: %1</source>
        <translation>其他镜像也有的层：%1</translation>
    </message>
    <message>
        <source>every instance, and what is written in it</source>
        <translation>所有实例及其中写入的内容</translation>
    </message>
    <message>
        <source>Will be deleted</source>
        <translation>将被删除</translation>
    </message>
    <message>
        <source>Can&apos;t be deleted while it is used</source>
        <translation>正被使用，不能删除</translation>
    </message>
    <message>
        <source>Stays</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>An instance uses it: delete that first.</source>
        <translation>有实例在使用它：请先删除该实例。</translation>
    </message>
    <message>
        <source>%1 was not deleted</source>
        <translation>%1 未删除</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::ImportDialog</name>
    <message>
        <source>Import an image</source>
        <translation>导入镜像</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Find out from the file</source>
        <translation>从文件判断</translation>
    </message>
    <message>
        <source>Image archive (docker save, podman save, OCI)</source>
        <translation>镜像归档（docker save、podman save、OCI）</translation>
    </message>
    <message>
        <source>Root file system (tar)</source>
        <translation>根文件系统（tar）</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;What it is</source>
        <translation>类型(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Command</source>
        <translation>命令(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Environment</source>
        <translation>环境变量(&amp;E)</translation>
    </message>
    <message>
        <source>One NAME=value a line</source>
        <translation>每行一个 名称=值</translation>
    </message>
    <message>
        <source>Working &amp;directory</source>
        <translation>工作目录(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Ports</source>
        <translation>端口(&amp;P)</translation>
    </message>
    <message>
        <source>Those it listens on</source>
        <translation>它监听的端口</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>没有这个文件。</translation>
    </message>
    <message>
        <source>This is no tar archive.</source>
        <translation>这不是 tar 归档。</translation>
    </message>
    <message>
        <source>A root file system has no name of its own.</source>
        <translation>根文件系统本身没有名称。</translation>
    </message>
    <message>
        <source>Empty: the names that the archive gives its images.</source>
        <translation>留空：使用归档中镜像自带的名称。</translation>
    </message>
    <message>
        <source>What runs when it starts</source>
        <translation>启动时运行什么</translation>
    </message>
    <message>
        <source>Only for a plain root file system; an image archive has its own command, environment, directory and ports.</source>
        <translation>仅用于普通根文件系统；镜像归档自带命令、环境、目录和端口。</translation>
    </message>
    <message>
        <source>It looks like an image archive.</source>
        <translation>看起来是镜像归档。</translation>
    </message>
    <message>
        <source>It looks like a root file system.</source>
        <translation>看起来是根文件系统。</translation>
    </message>
    <message>
        <source>The helper looks into it.</source>
        <translation>由助手程序查看其内容。</translation>
    </message>
    <message>
        <source>Choose a file first.</source>
        <translation>请先选择文件。</translation>
    </message>
    <message>
        <source>A root file system needs a name.</source>
        <translation>根文件系统需要一个名称。</translation>
    </message>
    <message>
        <source>Not imported</source>
        <translation>未导入</translation>
    </message>
    <message>
        <source>Archives (*.tar *.tar.gz *.tgz *.tar.zst *.tzst *.tar.xz *.txz);;Disks (*.qcow2 *.img *.raw *.vmdk *.vdi *.vhdx *.iso *.ova);;All files (*)</source>
        <translation>归档 (*.tar *.tar.gz *.tgz *.tar.zst *.tzst *.tar.xz *.txz);;磁盘 (*.qcow2 *.img *.raw *.vmdk *.vdi *.vhdx *.iso *.ova);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Disk of a virtual machine (qcow2, raw, VMDK, VDI, ISO, OVA)</source>
        <translation>虚拟机磁盘（qcow2、raw、VMDK、VDI、ISO、OVA）</translation>
    </message>
    <message>
        <source>How it is called in the storage pool “diptych”.</source>
        <translation>它在存储池“diptych”中的名称。</translation>
    </message>
    <message>
        <source>It looks like a disk of a virtual machine.</source>
        <translation>它看起来是虚拟机磁盘。</translation>
    </message>
    <message>
        <source>A disk needs a name of letters, digits and . _ + -</source>
        <translation>磁盘名称须由字母、数字和 . _ + - 组成</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::KillGroupDialog</name>
    <message>
        <source>Kill all in %1?</source>
        <translation>终止 %1 中的所有进程？</translation>
    </message>
    <message>
        <source>Kill</source>
        <translation>终止</translation>
    </message>
    <message numerus="yes">
        <source>%n process(es) and thread(s) in it and in the groups inside end at once.</source>
        <translation>
            <numerusform>该组及其子组中的 %n 个进程和线程将立即结束。</numerusform>
        </translation>
    </message>
    <message>
        <source>All processes in it and in the groups inside end at once.</source>
        <translation>该组及其子组中的所有进程将立即结束。</translation>
    </message>
    <message>
        <source>What they have not saved is lost. The group itself stays.</source>
        <translation>未保存的内容会丢失；控制组本身保留。</translation>
    </message>
    <message>
        <source>Not killed</source>
        <translation>未终止</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::LoginDialog</name>
    <message>
        <source>Sign in to a registry</source>
        <translation>登录镜像仓库</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>&amp;Registry</source>
        <translation>镜像仓库(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation>用户(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>密码(&amp;P)</translation>
    </message>
    <message>
        <source>Or a token. The helper tries it and keeps it in a file that root alone may read; it is never shown again.</source>
        <translation>也可以是令牌。助手程序会先验证，再保存在只有 root 可读的文件里；不会再显示。</translation>
    </message>
    <message>
        <source>Security</source>
        <translation>安全</translation>
    </message>
    <message>
        <source>A registry is needed: host or host:port.</source>
        <translation>需要镜像仓库：主机 或 主机:端口。</translation>
    </message>
    <message>
        <source>A user is needed.</source>
        <translation>需要用户名。</translation>
    </message>
    <message>
        <source>A password is needed.</source>
        <translation>需要密码。</translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation>未登录</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::MigrateDialog</name>
    <message>
        <source>Move %1 to another host</source>
        <translation>将 %1 迁移到另一主机</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>迁移</translation>
    </message>
    <message>
        <source>Stay defined here too, off</source>
        <translation>此处也保留定义（关机）</translation>
    </message>
    <message>
        <source>Both see the same files</source>
        <translation>两边看到相同的文件</translation>
    </message>
    <message>
        <source>Copy those that it writes</source>
        <translation>复制它写入的磁盘</translation>
    </message>
    <message>
        <source>the name that it calls itself</source>
        <translation>目标自报的主机名</translation>
    </message>
    <message>
        <source>&amp;To</source>
        <translation>目标(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Disks</source>
        <translation>磁盘(&amp;D)</translation>
    </message>
    <message>
        <source>A copy goes into a storage pool of the same directory there. The files here stay in either case.</source>
        <translation>副本存入目标上同一目录的存储池。此处的文件在任何情况下都保留。</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>地址(&amp;A)</translation>
    </message>
    <message>
        <source>Never start both: they would write to the same disks, where these are shared.</source>
        <translation>切勿同时启动两者：若磁盘共享，它们会写入同一磁盘。</translation>
    </message>
    <message>
        <source>this machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Asking both sides …</source>
        <translation>正在询问两边……</translation>
    </message>
    <message>
        <source>No other host is connected: add it with “Libvirt connections…” on the page Instances.</source>
        <translation>没有连接其他主机：请在“实例”页面用“Libvirt 连接…”添加。</translation>
    </message>
    <message>
        <source>It runs, and goes on running there: its memory goes over while it runs.</source>
        <translation>它正在运行，并将在目标上继续运行：内存在运行中传输。</translation>
    </message>
    <message>
        <source>It is off: its definition goes there, and it starts there next time.</source>
        <translation>它已关机：其定义移到目标，下次在那里启动。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>what of a machine keeps it from moving, and why</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Nothing stands against it.</source>
        <translation>没有任何阻碍。</translation>
    </message>
    <message>
        <source>This stands against it:</source>
        <translation>存在以下阻碍：</translation>
    </message>
    <message>
        <source>Choose where it goes.</source>
        <translation>请选择迁移目标。</translation>
    </message>
    <message>
        <source>Both sides are being asked.</source>
        <translation>正在询问两边。</translation>
    </message>
    <message>
        <source>Mend first what stands against it.</source>
        <translation>请先消除阻碍。</translation>
    </message>
    <message>
        <source>Not moved</source>
        <translation>未移动</translation>
    </message>
    <message>
        <source>both sides see the same file, nothing is copied</source>
        <translation>两边看到的是同一个文件，不复制</translation>
    </message>
    <message>
        <source>copied whole, with what it is built upon: at most %1</source>
        <translation>连同它所基于的内容复制为一个完整文件：最多 %1</translation>
    </message>
    <message>
        <source>copied: %1</source>
        <translation>复制：%1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a disk of a machine, and what becomes of it</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Encrypt it on the way</source>
        <translation>传输时加密</translation>
    </message>
    <message>
        <source>Where the target is reached from where it runs now.</source>
        <translation>从它现在运行之处访问目标所用的地址。</translation>
    </message>
    <message>
        <source>Memory and disks go by TLS. Both hosts need certificates that libvirt&apos;s qemu.conf names (migrate_tls_x509_cert_dir).</source>
        <translation>内存和磁盘经 TLS 传输。两台主机都需要 libvirt 的 qemu.conf 所指定的证书（migrate_tls_x509_cert_dir）。</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::MoveProcessDialog</name>
    <message>
        <source>Move process %1 to another group</source>
        <translation>将进程 %1 移到另一个组</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>&amp;Group</source>
        <translation>控制组(&amp;G)</translation>
    </message>
    <message>
        <source>Its limits hold for the process from then on.</source>
        <translation>此后该进程受这个组的限额约束。</translation>
    </message>
    <message>
        <source>It is in this group already.</source>
        <translation>它已经在这个组里。</translation>
    </message>
    <message>
        <source>A group&apos;s path begins with a slash.</source>
        <translation>控制组路径以斜杠开头。</translation>
    </message>
    <message>
        <source>Not moved</source>
        <translation>未移动</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::NewMachineDialog</name>
    <message>
        <source>New virtual machine</source>
        <translation>新建虚拟机</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>A TPM 2.0, emulated</source>
        <translation>模拟的 TPM 2.0</translation>
    </message>
    <message>
        <source>Start it</source>
        <translation>启动它</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>An installation medium (ISO)</source>
        <translation>安装介质 (ISO)</translation>
    </message>
    <message>
        <source>A cloud image, with cloud-init</source>
        <translation>云镜像，使用 cloud-init</translation>
    </message>
    <message>
        <source>A disk that has a system</source>
        <translation>已有系统的磁盘</translation>
    </message>
    <message>
        <source>Nothing: an empty disk</source>
        <translation>无：空磁盘</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Boots from</source>
        <translation>启动自</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>卷</translation>
    </message>
    <message>
        <source> GiB</source>
        <translation> GiB</translation>
    </message>
    <message>
        <source> MiB</source>
        <translation> MiB</translation>
    </message>
    <message>
        <source>BIOS</source>
        <translation>BIOS</translation>
    </message>
    <message>
        <source>UEFI</source>
        <translation>UEFI</translation>
    </message>
    <message>
        <source>UEFI with Secure Boot</source>
        <translation>UEFI，启用安全启动</translation>
    </message>
    <message>
        <source>virtio: fast, for Linux and BSD</source>
        <translation>virtio：速度快，适合 Linux 和 BSD</translation>
    </message>
    <message>
        <source>SATA, e1000e, VGA: for systems without virtio drivers</source>
        <translation>SATA、e1000e、VGA：适合没有 virtio 驱动的系统</translation>
    </message>
    <message>
        <source>Disk in</source>
        <translation>磁盘位于</translation>
    </message>
    <message>
        <source>Disk size</source>
        <translation>磁盘大小</translation>
    </message>
    <message>
        <source>vCPUs</source>
        <translation>vCPU</translation>
    </message>
    <message numerus="yes">
        <source>This host has %n processor(s).</source>
        <translation>
            <numerusform>此主机有 %n 个处理器。</numerusform>
        </translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>This host has %1.</source>
        <translation>此主机有 %1。</translation>
    </message>
    <message>
        <source>Firmware</source>
        <translation>固件</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Made at the first start, may become root by sudo</source>
        <translation>首次启动时创建，可用 sudo 成为 root</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Kept as a hash only; may be empty with a key</source>
        <translation>只保存其哈希；有密钥时可以为空</translation>
    </message>
    <message>
        <source>SSH keys</source>
        <translation>SSH 密钥</translation>
    </message>
    <message>
        <source>One a line, as in authorized_keys</source>
        <translation>每行一个，同 authorized_keys</translation>
    </message>
    <message>
        <source>Packages</source>
        <translation>软件包</translation>
    </message>
    <message>
        <source>Installed at the first start, with spaces between</source>
        <translation>首次启动时安装，以空格分隔</translation>
    </message>
    <message>
        <source>It is copied; the image itself stays as it is.</source>
        <translation>会复制它；映像本身保持不变。</translation>
    </message>
    <message>
        <source>The machine gets this very disk and writes to it.</source>
        <translation>虚拟机直接使用此磁盘并写入。</translation>
    </message>
    <message>
        <source>Who shall be able to log in? Name a user.</source>
        <translation>谁可以登录？请填写用户。</translation>
    </message>
    <message>
        <source>Without a password and without a key nobody could log in.</source>
        <translation>没有密码也没有密钥，谁都无法登录。</translation>
    </message>
    <message>
        <source>Not created</source>
        <translation>没有创建</translation>
    </message>
    <message>
        <source>The network (PXE)</source>
        <translation>网络 (PXE)</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Chooses what it recommends below. It may stay unknown.</source>
        <translation>按其建议选择下面的设置；也可以保持未知。</translation>
    </message>
    <message>
        <source>Something has to answer there: DHCP with a boot server. Its disk is tried first.</source>
        <translation>网络上要有应答者：带引导服务器的 DHCP。先尝试其磁盘。</translation>
    </message>
    <message>
        <source>To boot from the network it needs one.</source>
        <translation>要从网络引导，就需要一个网络。</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1 (no longer supported)</source>
        <translation>%1（已不再支持）</translation>
    </message>
    <message>
        <source>Recognised by the medium&apos;s label, %1.</source>
        <translation>根据介质的卷标 %1 识别。</translation>
    </message>
    <message>
        <source>This is no ISO 9660 medium that could be recognised.</source>
        <translation>这不是可以识别的 ISO 9660 介质。</translation>
    </message>
    <message>
        <source>The label %1 belongs to no system that is known here.</source>
        <translation>卷标 %1 不属于这里已知的任何系统。</translation>
    </message>
    <message>
        <source>With this libvirt snapshots of UEFI machines are files of their own; BIOS machines can also keep them in their disks.</source>
        <translation>使用此版本的 libvirt，UEFI 虚拟机的快照是单独的文件；BIOS 虚拟机也可以把快照保存在磁盘内。</translation>
    </message>
    <message>
        <source>This host has %1, %2 of it free now.</source>
        <translation>本主机有 %1，现在空闲 %2。</translation>
    </message>
    <message>
        <source>More than is free: the host may have to end something for it.</source>
        <translation>超过空闲内存：主机可能不得不为此结束别的程序。</translation>
    </message>
    <message>
        <source>More than the host has: they wait for each other.</source>
        <translation>超过主机的处理器数：它们要互相等待。</translation>
    </message>
    <message>
        <source>%1 free there</source>
        <translation>该处剩余 %1</translation>
    </message>
    <message>
        <source>More than is free: it begins small, and stops once the pool is full.</source>
        <translation>超过剩余空间：起初占用很小，存储池满时机器会停住。</translation>
    </message>
    <message>
        <source>Already used: %1. Two machines that write to one disk destroy what is on it.</source>
        <translation>已被使用：%1。两台机器写同一个磁盘会毁掉其中的内容。</translation>
    </message>
    <message>
        <source>Machines of other hypervisors (*.ova *.ovf);;All files (*)</source>
        <translation>其他虚拟化平台的虚拟机 (*.ova *.ovf);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>归档</translation>
    </message>
    <message>
        <source>OVA, or OVF with its disks beside it, as VirtualBox, VMware and oVirt write them.</source>
        <translation>OVA，或磁盘放在旁边的 OVF，由 VirtualBox、VMware 和 oVirt 写出。</translation>
    </message>
    <message>
        <source>The archive does not say without a doubt which one it is.</source>
        <translation>归档没有明确说明是哪个系统。</translation>
    </message>
    <message>
        <source>As the archive says.</source>
        <translation>按归档所说。</translation>
    </message>
    <message>
        <source>What it is given in place of the controllers that it had. If it does not find its disk, choose the other.</source>
        <translation>用来代替它原有控制器的设备。如果它找不到磁盘，请改选另一项。</translation>
    </message>
    <message>
        <source>Not imported</source>
        <translation>未导入</translation>
    </message>
    <message>
        <source>A machine from elsewhere (OVA, OVF)</source>
        <translation>来自别处的虚拟机（OVA、OVF）</translation>
    </message>
    <message>
        <source>Archives are imported on this machine&apos;s own libvirt only.</source>
        <translation>只能导入到本机自己的 libvirt。</translation>
    </message>
    <message>
        <source>The release on the medium, %1, is newer than what is known here; this is the nearest before it.</source>
        <translation>介质上的版本 %1 比这里已知的更新；这是它之前最接近的版本。</translation>
    </message>
    <message>
        <source>Install it without questions</source>
        <translation>无人值守安装</translation>
    </message>
    <message>
        <source>What is installed</source>
        <translation>安装内容</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>The keyboard is this language&apos;s.</source>
        <translation>键盘布局随语言而定。</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>Product key</source>
        <translation>产品密钥</translation>
    </message>
    <message>
        <source>No more than it takes</source>
        <translation>仅必需的部分</translation>
    </message>
    <message>
        <source>A desktop</source>
        <translation>桌面环境</translation>
    </message>
    <message>
        <source>Not offered: %1.</source>
        <translation>不可用：%1。</translation>
    </message>
    <message>
        <source>The installer is given the answers, and the machine starts from its disk when it has ended.</source>
        <translation>安装程序会得到所有应答，结束后虚拟机从其磁盘启动。</translation>
    </message>
    <message>
        <source>The answers, with the password, lie beside the disk until the installer has ended.</source>
        <translation>应答文件（含密码）存放在磁盘旁边，安装程序结束后删除。</translation>
    </message>
    <message>
        <source>As %1</source>
        <translation>格式为 %1</translation>
    </message>
    <message>
        <source>Give the user a password.</source>
        <translation>请为用户设置密码。</translation>
    </message>
    <message>
        <source>Choose one of the languages.</source>
        <translation>请选择一种语言。</translation>
    </message>
    <message>
        <source>Choose one of the time zones.</source>
        <translation>请选择一个时区。</translation>
    </message>
    <message>
        <source>This installation takes packages from the internet: it needs a network.</source>
        <translation>此安装要从互联网获取软件包：需要网络。</translation>
    </message>
    <message>
        <source>%1 can&apos;t start this installation: choose another firmware.</source>
        <translation>%1 无法启动此安装：请选择其他固件。</translation>
    </message>
    <message>
        <source>The answers, with the password, are on a second CD-ROM: eject it when the system is installed.</source>
        <translation>应答文件（含密码）在第二张光盘上：系统装好后请弹出它。</translation>
    </message>
    <message>
        <source>Takes packages from the internet.</source>
        <translation>从互联网获取软件包。</translation>
    </message>
    <message>
        <source>The user&apos;s, and root&apos;s where root has one</source>
        <translation>用户的密码；root 有密码时也是 root 的</translation>
    </message>
    <message>
        <source>A server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>With UEFI the medium waits a few seconds for a key at its first start: press one in Display.</source>
        <translation>用 UEFI 时，首次启动介质会等几秒钟按键：请在“显示”中按任意键。</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::PlatformBox</name>
    <message>
        <source>Platform</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>%1 (this machine)</source>
        <translation>%1（本机）</translation>
    </message>
    <message>
        <source>Not this machine&apos;s own, but it can run here.</source>
        <translation>不是本机的平台，但可以在这里运行。</translation>
    </message>
    <message>
        <source>It can be kept and pushed, but can&apos;t run here: this machine has another processor.</source>
        <translation>可以保存和推送，但不能在这里运行：本机的处理器不同。</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::PoolDialog</name>
    <message>
        <source>New storage pool</source>
        <translation>新建存储池</translation>
    </message>
    <message>
        <source>Make it</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>&amp;What</source>
        <translation>类型(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Host</source>
        <translation>主机(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Device</source>
        <translation>设备(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Source</source>
        <translation>来源(&amp;S)</translation>
    </message>
    <message>
        <source>This libvirt does not know it.</source>
        <translation>此 libvirt 不支持这种类型。</translation>
    </message>
    <message>
        <source>A pool needs a name.</source>
        <translation>池需要名称。</translation>
    </message>
    <message>
        <source>The other host is needed.</source>
        <translation>需要填写另一主机。</translation>
    </message>
    <message>
        <source>The device is needed.</source>
        <translation>需要填写设备。</translation>
    </message>
    <message>
        <source>The source is needed.</source>
        <translation>需要填写来源。</translation>
    </message>
    <message>
        <source>A directory is needed.</source>
        <translation>需要填写目录。</translation>
    </message>
    <message>
        <source>Not made</source>
        <translation>没有创建</translation>
    </message>
    <message>
        <source>&amp;Erase what is on it</source>
        <translation>擦除上面的内容(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>格式(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation>用户(&amp;U)</translation>
    </message>
    <message>
        <source>Only where the target asks for one (CHAP).</source>
        <translation>仅在目标要求时填写（CHAP）。</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>密码(&amp;P)</translation>
    </message>
    <message>
        <source>libvirt keeps it as a secret of this pool.</source>
        <translation>libvirt 将其作为此存储池的机密保存。</translation>
    </message>
    <message>
        <source>&amp;Initiator</source>
        <translation>发起程序(&amp;I)</translation>
    </message>
    <message>
        <source>The name to log in with. Empty: that of the helper&apos;s machine.</source>
        <translation>登录时使用的名称。留空则用助手所在机器的名称。</translation>
    </message>
    <message>
        <source>Direc&amp;tory here</source>
        <translation>本机目录(&amp;T)</translation>
    </message>
    <message>
        <source>Without this, a device that has something on it is refused.</source>
        <translation>不勾选时，上面有内容的设备会被拒绝。</translation>
    </message>
    <message>
        <source>%1 on %2 is lost, with all that is in it. Nobody can bring it back.</source>
        <translation>%2 上的 %1 及其中的全部内容都会丢失，无法找回。</translation>
    </message>
    <message>
        <source>Erase and make it</source>
        <translation>擦除并创建</translation>
    </message>
    <message>
        <source>Nothing was found.</source>
        <translation>什么也没找到。</translation>
    </message>
    <message>
        <source>It is in use: %1</source>
        <translation>正在使用中：%1</translation>
    </message>
    <message>
        <source>%1 is on it: tick that it may be erased.</source>
        <translation>上面有 %1：请勾选允许擦除。</translation>
    </message>
    <message>
        <source>It is empty: tick that something is made on it.</source>
        <translation>它是空的：请勾选在上面创建内容。</translation>
    </message>
    <message>
        <source>User and password go together.</source>
        <translation>用户和密码必须同时给出。</translation>
    </message>
    <message>
        <source>libvirt logs in with a password under the host&apos;s own name only.</source>
        <translation>libvirt 只能以主机自己的名称用密码登录。</translation>
    </message>
    <message>
        <source>The newest that both know</source>
        <translation>双方都支持的最新版本</translation>
    </message>
    <message>
        <source>P&amp;ort</source>
        <translation>端口(&amp;O)</translation>
    </message>
    <message>
        <source>Only where the target has another than the usual one.</source>
        <translation>仅当目标使用非常用端口时填写。</translation>
    </message>
    <message>
        <source>NFS &amp;version</source>
        <translation>NFS 版本(&amp;V)</translation>
    </message>
    <message>
        <source>A port is a number from 1 to 65535.</source>
        <translation>端口是 1 到 65535 之间的数。</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::PruneDialog</name>
    <message>
        <source>Remove what no instance uses?</source>
        <translation>移除没有实例使用的镜像？</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Waiting for the list of what would be removed.</source>
        <translation>正在等待将被移除的清单。</translation>
    </message>
    <message>
        <source>What will be removed and what stays</source>
        <translation>将移除什么，保留什么</translation>
    </message>
    <message>
        <source>Asking the helper …</source>
        <translation>正在询问助手程序…</translation>
    </message>
    <message>
        <source>What would be removed is not known, so nothing can be removed here.</source>
        <translation>不知道会移除什么，因此这里不能移除。</translation>
    </message>
    <message>
        <source>No list</source>
        <translation>没有清单</translation>
    </message>
    <message>
        <source>left over without a name, %1: %2</source>
        <translation>无名残留 %1：%2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>image, bytes</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Will be removed: %1</source>
        <translation>将被移除：%1</translation>
    </message>
    <message>
        <source>Stays</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Everything is used: there is nothing to remove.</source>
        <translation>全部都在使用：没有可移除的。</translation>
    </message>
    <message>
        <source>Not removed</source>
        <translation>未移除</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::PullDialog</name>
    <message>
        <source>Pull an image</source>
        <translation>拉取镜像</translation>
    </message>
    <message>
        <source>Pull</source>
        <translation>拉取</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>登录…</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>As docker and podman write it: nginx:1.27, quay.io/x/y@sha256:…, localhost:5000/a</source>
        <translation>与 docker、podman 写法相同：nginx:1.27、quay.io/x/y@sha256:…、localhost:5000/a</translation>
    </message>
    <message>
        <source>Tags in the registry</source>
        <translation>镜像仓库中的标签</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Security</source>
        <translation>安全</translation>
    </message>
    <message>
        <source>Give this registry a name and a password</source>
        <translation>向此镜像仓库提供用户名和密码</translation>
    </message>
    <message>
        <source>Asking %1 for the tags of %2 …</source>
        <translation>正在向 %1 询问 %2 的标签…</translation>
    </message>
    <message>
        <source>The registry knows no tag of it.</source>
        <translation>镜像仓库没有它的标签。</translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s). Choose one, or write it.</source>
        <translation>
            <numerusform>%n 个标签。选择一个，或直接输入。</numerusform>
        </translation>
    </message>
    <message>
        <source>Not pulled</source>
        <translation>未拉取</translation>
    </message>
    <message>
        <source>Go on in the background</source>
        <translation>转到后台继续</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Pull again</source>
        <translation>再次拉取</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>What was fetched stays: pulling again goes on from there.</source>
        <translation>已获取的部分会保留：再次拉取会从那里继续。</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>平台</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::PushDialog</name>
    <message>
        <source>Push %1</source>
        <translation>推送 %1</translation>
    </message>
    <message>
        <source>Push</source>
        <translation>推送</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>登录…</translation>
    </message>
    <message>
        <source>&amp;To</source>
        <translation>目标(&amp;T)</translation>
    </message>
    <message>
        <source>Registry, repository and tag. Layers that are there already are not sent again.</source>
        <translation>镜像仓库、仓库和标签。对方已有的层不会再次发送。</translation>
    </message>
    <message>
        <source>Security</source>
        <translation>安全</translation>
    </message>
    <message>
        <source>Not pushed</source>
        <translation>未推送</translation>
    </message>
    <message>
        <source>Go on in the background</source>
        <translation>转到后台继续</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::RegistriesDialog</name>
    <message>
        <source>Registries</source>
        <translation>镜像仓库</translation>
    </message>
    <message>
        <source>Registries the helper is signed in to</source>
        <translation>助手程序已登录的镜像仓库</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>登录…</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Asking the helper …</source>
        <translation>正在询问助手程序…</translation>
    </message>
    <message>
        <source>The registries are not known</source>
        <translation>无法得知镜像仓库</translation>
    </message>
    <message>
        <source>%1, as %2</source>
        <comment>registry, user</comment>
        <translation>%1，用户 %2</translation>
    </message>
    <message>
        <source>Signed in nowhere. Public images need no sign-in.</source>
        <translation>尚未登录任何镜像仓库。公开镜像无需登录。</translation>
    </message>
    <message>
        <source>The helper is signed in to these. Passwords stay with it.</source>
        <translation>助手程序已登录以下镜像仓库。密码只留在助手程序那里。</translation>
    </message>
    <message>
        <source>Choose a registry first</source>
        <translation>请先选择镜像仓库</translation>
    </message>
    <message>
        <source>Forget the password of %1</source>
        <translation>忘记 %1 的密码</translation>
    </message>
    <message>
        <source>Not signed out of %1</source>
        <translation>未退出 %1</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::RenameDialog</name>
    <message>
        <source>Rename %1</source>
        <translation>重命名 %1</translation>
    </message>
    <message>
        <source>New &amp;name</source>
        <translation>新名称(&amp;N)</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>新名称</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Not renamed</source>
        <translation>未能重命名</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::ReviewXmlDialog</name>
    <message>
        <source>Change the XML of %1</source>
        <translation>更改 %1 的 XML</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>This is what it starts with next.</source>
        <translation>下次启动时使用。</translation>
    </message>
    <message>
        <source>What changes, line by line</source>
        <translation>逐行更改内容</translation>
    </message>
    <message>
        <source>Not saved, nothing has changed</source>
        <translation>没有保存，一切未变</translation>
    </message>
    <message>
        <source>This is what it starts with next. What runs now stays as it is until it has been stopped.</source>
        <translation>下次启动时使用。正在运行的部分在停止之前保持不变。</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>跟随桌面</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>The language changes when Diptych is started again.</source>
        <translation>语言将在下次启动 Diptych 时改变。</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Search keys and what they do</source>
        <translation>搜索按键及其作用</translation>
    </message>
    <message>
        <source>What</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>In a terminal</source>
        <translation>在终端中</translation>
    </message>
    <message>
        <source>Copy, paste</source>
        <translation>复制、粘贴</translation>
    </message>
    <message>
        <source>Search screen and scrollback</source>
        <translation>搜索屏幕和回滚内容</translation>
    </message>
    <message>
        <source>Scroll by a page</source>
        <translation>翻页</translation>
    </message>
    <message>
        <source>Larger, smaller, normal text</source>
        <translation>放大、缩小、恢复文字</translation>
    </message>
    <message>
        <source>Leave the terminal</source>
        <translation>离开终端</translation>
    </message>
    <message>
        <source>On a chart</source>
        <translation>在图表上</translation>
    </message>
    <message>
        <source>Read the moment before, or after</source>
        <translation>读取前一时刻或后一时刻</translation>
    </message>
    <message>
        <source>Show as table</source>
        <translation>以表格显示</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>复制为文本</translation>
    </message>
    <message>
        <source>Save as CSV or picture</source>
        <translation>保存为 CSV 或图片</translation>
    </message>
    <message>
        <source>On a row of evidence</source>
        <translation>在证据行上</translation>
    </message>
    <message>
        <source>How it is known</source>
        <translation>是如何得知的</translation>
    </message>
    <message>
        <source>Copy the command or sentence</source>
        <translation>复制命令或语句</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::SourceField</name>
    <message>
        <source>holds %1</source>
        <translation>含有 %1</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>&amp;Find</source>
        <translation>查找(&amp;F)</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>List what there is</source>
        <translation>列出现有的内容</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::TagDialog</name>
    <message>
        <source>A further name for %1</source>
        <translation>为 %1 增加名称</translation>
    </message>
    <message>
        <source>Add name</source>
        <translation>增加名称</translation>
    </message>
    <message>
        <source>&amp;New name</source>
        <translation>新名称(&amp;N)</translation>
    </message>
    <message>
        <source>Both names mean the same image; it is stored once.</source>
        <translation>两个名称指同一镜像；只存储一份。</translation>
    </message>
    <message>
        <source>That is its name already.</source>
        <translation>这已是它的名称。</translation>
    </message>
    <message>
        <source>Not named</source>
        <translation>未命名</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::TlsBox</name>
    <message>
        <source>Only over TLS with a good certificate</source>
        <translation>仅通过 TLS，且证书有效</translation>
    </message>
    <message>
        <source>Whoever is on the way to %1 can read the password and change the image.</source>
        <translation>通往 %1 途中的任何人都能读到密码、篡改镜像。</translation>
    </message>
    <message>
        <source>the registry</source>
        <translation>镜像仓库</translation>
    </message>
    <message>
        <source>A registry on the helper&apos;s own machine: http is enough.</source>
        <translation>镜像仓库就在助手程序所在的机器上：http 即可。</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::VolumePicker</name>
    <message>
        <source>Asking for the storage pools …</source>
        <translation>正在查询存储池…</translation>
    </message>
    <message>
        <source>Storage pool</source>
        <translation>存储池</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>卷</translation>
    </message>
    <message>
        <source>There is no active storage pool. Make one on the page Storage.</source>
        <translation>没有活动的存储池。请在“存储”页面创建。</translation>
    </message>
    <message>
        <source>%1 (%2 free)</source>
        <translation>%1（%2 可用）</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>This pool has nothing that fits.</source>
        <translation>此池中没有合适的卷。</translation>
    </message>
    <message>
        <source>%1 is in the pool, but it is none of those that fit here.</source>
        <translation>%1 已在存储池中，但不属于这里可用的类型。</translation>
    </message>
    <message>
        <source>A file is being uploaded: wait for it, or cancel it.</source>
        <translation>正在上传文件：请等待完成，或取消上传。</translation>
    </message>
    <message>
        <source>Make the usual storage pool</source>
        <translation>创建常用的存储池</translation>
    </message>
    <message>
        <source>A pool “default” in the directory where libvirt&apos;s tools keep images</source>
        <translation>在 libvirt 工具存放映像的目录中创建存储池“default”</translation>
    </message>
    <message>
        <source>There is no storage pool yet, which disks are kept in.</source>
        <translation>还没有存放磁盘的存储池。</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::VolumeUpload</name>
    <message>
        <source>Upload from this computer…</source>
        <translation>从本机上传…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Progress of the upload</source>
        <translation>上传进度</translation>
    </message>
    <message>
        <source>Cancel the upload</source>
        <translation>取消上传</translation>
    </message>
    <message>
        <source>There is no storage pool to upload into.</source>
        <translation>没有可以上传到的存储池。</translation>
    </message>
    <message>
        <source>Into the pool %1</source>
        <translation>上传到存储池 %1</translation>
    </message>
    <message>
        <source>Upload into %1</source>
        <translation>上传到 %1</translation>
    </message>
    <message>
        <source>Disks and media (*.iso *.img *.qcow2 *.raw *.vmdk *.vdi);;All files (*)</source>
        <translation>磁盘和安装介质 (*.iso *.img *.qcow2 *.raw *.vmdk *.vdi);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Not uploaded: %1</source>
        <translation>未上传：%1</translation>
    </message>
    <message>
        <source>%1: %2 of %3</source>
        <comment>a file, bytes</comment>
        <translation>%1：%2 / %3</translation>
    </message>
</context>
<context>
    <name>diptych::dialogs::WorkView</name>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Progress of each layer</source>
        <translation>每层的进度</translation>
    </message>
    <message>
        <source>Progress of: %1</source>
        <translation>进度：%1</translation>
    </message>
    <message>
        <source>Cancel: %1</source>
        <translation>取消：%1</translation>
    </message>
    <message>
        <source>Stop this; what is whole already stays</source>
        <translation>停止；已完整的部分会保留</translation>
    </message>
    <message>
        <source>This step can&apos;t be cancelled</source>
        <translation>这一步不能取消</translation>
    </message>
    <message>
        <source>%1, done</source>
        <translation>%1，完成</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>bytes</comment>
        <translation>%1 / %2</translation>
    </message>
</context>
<context>
    <name>diptych::models::ActivityModel</name>
    <message>
        <source>nobody: by itself</source>
        <translation>无人：自行发生</translation>
    </message>
    <message>
        <source>user %1</source>
        <translation>用户 %1</translation>
    </message>
    <message>
        <source>%1 failed: %2</source>
        <translation>%1 失败：%2</translation>
    </message>
    <message>
        <source>%1 was refused</source>
        <translation>%1 被拒绝</translation>
    </message>
    <message>
        <source>%1 was cancelled</source>
        <translation>%1 已取消</translation>
    </message>
    <message>
        <source>started in %1</source>
        <translation>启动用时 %1</translation>
    </message>
    <message>
        <source>ended: %1</source>
        <translation>已结束：%1</translation>
    </message>
    <message>
        <source>reached its memory limit: the kernel killed a process</source>
        <translation>达到内存限额：内核结束了一个进程</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Instance</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>What</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>操作者</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>held back by its CPU limit %1 % of the time</source>
        <translation>有 %1 % 的时间被其 CPU 限额限流</translation>
    </message>
</context>
<context>
    <name>diptych::models::GroupModel</name>
    <message>
        <source>frozen</source>
        <translation>已冻结</translation>
    </message>
    <message>
        <source>held back %1</source>
        <translation>被限流 %1</translation>
    </message>
    <message>
        <source>memory nearly full</source>
        <translation>内存将满</translation>
    </message>
    <message>
        <source>task limit nearly reached</source>
        <translation>任务数将达上限</translation>
    </message>
    <message numerus="yes">
        <source>%n killed for memory</source>
        <translation>
            <numerusform>%n 个因内存被终止</numerusform>
        </translation>
    </message>
    <message>
        <source>this machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>控制组</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Needs a look</source>
        <translation>需要留意</translation>
    </message>
</context>
<context>
    <name>diptych::models::ImageModel</name>
    <message numerus="yes">
        <source>%n instance(s)</source>
        <translation>
            <numerusform>%n 个实例</numerusform>
        </translation>
    </message>
    <message>
        <source>Image</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>制作时间</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>使用者</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
</context>
<context>
    <name>diptych::models::ImageWork</name>
    <message>
        <source>%1 of %2</source>
        <comment>bytes moved, bytes in all</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 left</source>
        <comment>time</comment>
        <translation>还需 %1</translation>
    </message>
    <message>
        <source>send the file</source>
        <translation>发送文件</translation>
    </message>
    <message>
        <source>fetch the file</source>
        <translation>取回文件</translation>
    </message>
    <message>
        <source>Saving %1</source>
        <translation>正在保存 %1</translation>
    </message>
    <message>
        <source>%1 is saved</source>
        <translation>%1 已保存</translation>
    </message>
    <message>
        <source>%1 could not be saved</source>
        <translation>无法保存 %1</translation>
    </message>
</context>
<context>
    <name>diptych::models::InstanceModel</name>
    <message>
        <source>the host&apos;s</source>
        <translation>宿主机的</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>共 %1</translation>
    </message>
    <message>
        <source>disks of its own</source>
        <translation>自有磁盘</translation>
    </message>
    <message>
        <source>ended %1</source>
        <translation>%1 结束</translation>
    </message>
    <message>
        <source>limit: %1</source>
        <translation>限额：%1</translation>
    </message>
    <message>
        <source>started %1</source>
        <translation>%1 启动</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>已运行</translation>
    </message>
    <message>
        <source>in use inside, as its kernel says: %1</source>
        <translation>内部使用中（其内核所述）：%1</translation>
    </message>
    <message>
        <source>its kernel does not say what is in use inside</source>
        <translation>其内核未说明内部使用了多少</translation>
    </message>
    <message>
        <source>resident on the host, QEMU&apos;s own with it: %1</source>
        <translation>在主机上驻留（含 QEMU 自身）：%1</translation>
    </message>
    <message>
        <source>this machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
</context>
<context>
    <name>diptych::models::NamespaceModel</name>
    <message>
        <source>users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>mounts</source>
        <translation>挂载</translation>
    </message>
    <message>
        <source>processes</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>IPC</source>
        <translation>IPC</translation>
    </message>
    <message>
        <source>host name</source>
        <translation>主机名</translation>
    </message>
    <message>
        <source>cgroup</source>
        <translation>控制组</translation>
    </message>
    <message>
        <source>clocks</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>all as outside</source>
        <translation>全部与外部相同</translation>
    </message>
    <message>
        <source>%1 → %2, %3 of them</source>
        <comment>first number inside, outside, how many</comment>
        <translation>%1 → %2，共 %3 个</translation>
    </message>
    <message>
        <source>this machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>无人</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 等另外 %n 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n process(es)</source>
        <translation>
            <numerusform>%n 个进程</numerusform>
        </translation>
    </message>
    <message>
        <source>bind mount %1</source>
        <translation>绑定挂载 %1</translation>
    </message>
    <message>
        <source>open file of process %1</source>
        <translation>进程 %1 打开的文件</translation>
    </message>
    <message>
        <source>thread of process %1</source>
        <translation>进程 %1 的线程</translation>
    </message>
    <message>
        <source>a namespace below it</source>
        <translation>其下的命名空间</translation>
    </message>
    <message>
        <source>children to come of process %1</source>
        <translation>进程 %1 将来的子进程</translation>
    </message>
    <message>
        <source>the root</source>
        <translation>树根</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Who is in it</source>
        <translation>谁在其中</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>Kept by</source>
        <translation>由谁保留</translation>
    </message>
    <message>
        <source>Owned by</source>
        <translation>所属</translation>
    </message>
    <message>
        <source>Users in it</source>
        <translation>其中的用户</translation>
    </message>
</context>
<context>
    <name>diptych::models::OperationModel</name>
    <message>
        <source>the helper was stopped meanwhile</source>
        <translation>助手程序在此期间被停止</translation>
    </message>
    <message>
        <source>%1: cancelled</source>
        <translation>%1：已取消</translation>
    </message>
</context>
<context>
    <name>diptych::models::PathTreeModel</name>
    <message>
        <source>added</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>special file</source>
        <translation>特殊文件</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>path, what happened to it</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>What</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>权限</translation>
    </message>
</context>
<context>
    <name>diptych::models::WiringModel</name>
    <message>
        <source>network card</source>
        <translation>网卡</translation>
    </message>
    <message>
        <source>loopback</source>
        <translation>回环</translation>
    </message>
    <message>
        <source>virtual cable (veth)</source>
        <translation>虚拟线缆（veth）</translation>
    </message>
    <message>
        <source>bridge</source>
        <translation>网桥</translation>
    </message>
    <message>
        <source>tap of a program (tun)</source>
        <translation>程序的 tap（tun）</translation>
    </message>
    <message>
        <source>dummy</source>
        <translation>虚设</translation>
    </message>
    <message>
        <source>VLAN</source>
        <translation>VLAN</translation>
    </message>
    <message>
        <source>this machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>a process of this machine</source>
        <translation>本机的一个进程</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>无人</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 等另外 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 的 %1</translation>
    </message>
    <message>
        <source>number %1 of a namespace not found</source>
        <translation>未找到的命名空间中的第 %1 号</translation>
    </message>
    <message>
        <source>process %1</source>
        <translation>进程 %1</translation>
    </message>
    <message>
        <source>port of %1</source>
        <translation>%1 的端口</translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>nothing at the other end</source>
        <translation>另一端什么也没有</translation>
    </message>
    <message>
        <source>Interface</source>
        <translation>接口</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>在哪里</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>是什么</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Other end</source>
        <translation>另一端</translation>
    </message>
    <message>
        <source>Traffic</source>
        <translation>流量</translation>
    </message>
    <message>
        <source>all else (default)</source>
        <translation>其余全部（默认）</translation>
    </message>
    <message>
        <source>%1 goes nowhere (%2)</source>
        <translation>%1 无处可去 (%2)</translation>
    </message>
    <message>
        <source>%1 directly</source>
        <translation>%1 直接到达</translation>
    </message>
    <message>
        <source>%1 through %2</source>
        <translation>%1 经由 %2</translation>
    </message>
</context>
<context>
    <name>diptych::pages::ActivityPage</name>
    <message>
        <source>Search instance, action, user…</source>
        <translation>搜索实例、操作、用户…</translation>
    </message>
    <message>
        <source>Open instance</source>
        <translation>打开实例</translation>
    </message>
    <message>
        <source>Show it among the instances</source>
        <translation>在实例列表中显示</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>what was done on this machine, by whom, and how it ended</source>
        <translation>这台机器上做过什么、由谁做、结果如何</translation>
    </message>
    <message>
        <source>Search the activity</source>
        <translation>搜索活动</translation>
    </message>
    <message>
        <source>Which outcomes</source>
        <translation>哪些结果</translation>
    </message>
    <message>
        <source>All outcomes</source>
        <translation>全部结果</translation>
    </message>
    <message>
        <source>Only trouble</source>
        <translation>只看问题</translation>
    </message>
    <message>
        <source>No further details.</source>
        <translation>没有更多详情。</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>没有匹配项</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>全部显示</translation>
    </message>
    <message>
        <source>Reading the history …</source>
        <translation>正在读取历史…</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Nothing was done yet</source>
        <translation>还没有任何活动</translation>
    </message>
    <message>
        <source>What you do with instances is listed here.</source>
        <translation>您对实例所做的操作会列在这里。</translation>
    </message>
    <message>
        <source>Which actions</source>
        <translation>哪些操作</translation>
    </message>
    <message>
        <source>All actions</source>
        <translation>全部操作</translation>
    </message>
    <message>
        <source>Life cycle</source>
        <translation>生命周期</translation>
    </message>
    <message>
        <source>Limits and hardware</source>
        <translation>限额与硬件</translation>
    </message>
    <message>
        <source>Images and disks</source>
        <translation>镜像与磁盘</translation>
    </message>
    <message>
        <source>Control groups</source>
        <translation>控制组</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Which instances</source>
        <translation>哪些实例</translation>
    </message>
    <message>
        <source>Both kinds</source>
        <translation>两种实例</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>Virtual machines</source>
        <translation>虚拟机</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Save what is listed as CSV, with older entries</source>
        <translation>将列出的内容（含更早的条目）保存为 CSV</translation>
    </message>
    <message>
        <source>Export the activity</source>
        <translation>导出活动记录</translation>
    </message>
    <message>
        <source>activity</source>
        <translation>活动记录</translation>
    </message>
    <message>
        <source>Activity saved in %1</source>
        <translation>活动记录已保存到 %1</translation>
    </message>
    <message>
        <source>The activity could not be saved in %1</source>
        <translation>活动记录无法保存到 %1</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
</context>
<context>
    <name>diptych::pages::AdviserCard</name>
    <message>
        <source>Which wall do I need?</source>
        <translation>我需要哪种墙？</translation>
    </message>
    <message>
        <source>Tick what applies; the choice on the left follows.</source>
        <translation>勾选符合的情况，左侧的选择会随之改变。</translation>
    </message>
    <message>
        <source>I don&apos;t trust the code inside</source>
        <translation>我不信任里面的代码</translation>
    </message>
    <message>
        <source>It needs its own kernel or modules</source>
        <translation>它需要自己的内核或模块</translation>
    </message>
    <message>
        <source>It must start in milliseconds</source>
        <translation>必须在毫秒内启动</translation>
    </message>
    <message>
        <source>Memory is short</source>
        <translation>内存紧张</translation>
    </message>
    <message>
        <source>I want to see the difference</source>
        <translation>我想看到差别</translation>
    </message>
    <message>
        <source>Many tenants share this machine</source>
        <translation>多个租户共用这台机器</translation>
    </message>
</context>
<context>
    <name>diptych::pages::ChangesTab</name>
    <message>
        <source>Commit as image…</source>
        <translation>提交为镜像…</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查看</translation>
    </message>
    <message>
        <source>Ask anew what was changed (F5)</source>
        <translation>重新询问有哪些改动 (F5)</translation>
    </message>
    <message>
        <source>Choose a container first.</source>
        <translation>请先选择容器。</translation>
    </message>
    <message>
        <source>The helper can&apos;t be reached.</source>
        <translation>无法联系助手程序。</translation>
    </message>
    <message>
        <source>%1 was not made from an image of this host.</source>
        <translation>%1 不是由本机的镜像创建的。</translation>
    </message>
    <message>
        <source>%1 is being made.</source>
        <translation>正在创建 %1。</translation>
    </message>
    <message>
        <source>Make an image of its image and of what was changed</source>
        <translation>由原镜像加改动生成新镜像</translation>
    </message>
    <message>
        <source>Not for virtual machines</source>
        <translation>不适用于虚拟机</translation>
    </message>
    <message>
        <source>Comparing with the image …</source>
        <translation>正在与镜像比较…</translation>
    </message>
    <message>
        <source>The changes are not known</source>
        <translation>无法得知改动</translation>
    </message>
    <message>
        <source>Nothing was changed</source>
        <translation>没有改动</translation>
    </message>
    <message>
        <source>Its files are those of the image.</source>
        <translation>其文件与镜像完全一致。</translation>
    </message>
    <message>
        <source>%1 is a virtual machine: what it writes is on its disk, out of sight of the host. When it is stopped, its menu makes an image of the disk.</source>
        <translation>%1 是虚拟机：它写入的内容在其磁盘上，主机看不到。停止后，可从其菜单将磁盘做成镜像。</translation>
    </message>
</context>
<context>
    <name>diptych::pages::ChartsPanel</name>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>% of one core</source>
        <translation>占一个核的 %</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>charged on the host</source>
        <translation>计入宿主机</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>read and written</source>
        <translation>读取与写入</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>received and sent</source>
        <translation>接收与发送</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>chart, value</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>% of one core; %1 so far</source>
        <translation>占一个核心的百分比；累计 %1</translation>
    </message>
    <message>
        <source>%1 read, %2 written so far</source>
        <translation>累计读取 %1，写入 %2</translation>
    </message>
    <message>
        <source>%1 received, %2 sent so far</source>
        <translation>累计接收 %1，发送 %2</translation>
    </message>
</context>
<context>
    <name>diptych::pages::ClipboardSharing</name>
    <message>
        <source>Share the clipboard</source>
        <translation>共享剪贴板</translation>
    </message>
    <message>
        <source>Clipboard text to the machine</source>
        <translation>将剪贴板文本送入虚拟机</translation>
    </message>
    <message>
        <source>Clipboard text from the machine</source>
        <translation>从虚拟机取得剪贴板文本</translation>
    </message>
    <message>
        <source>While the display has the keyboard: what you copy can be pasted inside, and the other way round</source>
        <translation>显示画面拥有键盘期间：您复制的内容可在虚拟机内粘贴，反之亦然</translation>
    </message>
    <message>
        <source>Nothing was copied inside since the display is shown</source>
        <translation>自显示画面打开以来，虚拟机内尚未复制任何内容</translation>
    </message>
</context>
<context>
    <name>diptych::pages::ComparePage</name>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>one kernel, two walls</source>
        <translation>一个内核，两种墙</translation>
    </message>
    <message>
        <source>Refresh evidence</source>
        <translation>刷新证据</translation>
    </message>
    <message>
        <source>Ask inside and outside of both again (F5)</source>
        <translation>重新查询双方的内部和外部（F5）</translation>
    </message>
    <message>
        <source>Export report…</source>
        <translation>导出报告…</translation>
    </message>
    <message>
        <source>Save this comparison with all evidence as HTML or Markdown</source>
        <translation>把这份对比和全部证据保存为 HTML 或 Markdown</translation>
    </message>
    <message>
        <source>From click to entry point</source>
        <translation>从点击到入口程序</translation>
    </message>
    <message>
        <source>last start, measured</source>
        <translation>上次启动，实测</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>限额</translation>
    </message>
    <message>
        <source>the same on both sides, at once</source>
        <translation>两侧相同，立即生效</translation>
    </message>
    <message>
        <source>namespaces · cgroups (%1)</source>
        <translation>命名空间 · cgroup（%1）</translation>
    </message>
    <message numerus="yes">
        <source>%n core(s)</source>
        <translation>
            <numerusform>%n 核</numerusform>
        </translation>
    </message>
    <message>
        <source>virtual machines on %1</source>
        <translation>虚拟机运行于 %1</translation>
    </message>
    <message>
        <source>%1 is %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Nothing inside can be asked until it runs.</source>
        <translation>在它运行之前，无法查询其内部。</translation>
    </message>
    <message>
        <source>%1: the inside could not be asked</source>
        <translation>%1：无法查询其内部</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Looking for instances …</source>
        <translation>正在查找实例…</translation>
    </message>
    <message>
        <source>Nothing to compare yet</source>
        <translation>还没有可对比的</translation>
    </message>
    <message>
        <source>Twins are one image as a container and as a virtual machine, with the same limits.</source>
        <translation>孪生是同一镜像的一个容器和一台虚拟机，限额相同。</translation>
    </message>
    <message>
        <source>Export report</source>
        <translation>导出报告</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>网页 (*.html)</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 和 %2</translation>
    </message>
    <message>
        <source>Report saved in %1</source>
        <translation>报告已保存到 %1</translation>
    </message>
    <message>
        <source>The report could not be saved in %1</source>
        <translation>报告未能保存到 %1</translation>
    </message>
</context>
<context>
    <name>diptych::pages::CompareSide</name>
    <message>
        <source>QEMU, PID %1 on the host</source>
        <translation>QEMU，宿主机上的 PID %1</translation>
    </message>
    <message>
        <source>PID 1 is %1 on the host</source>
        <translation>PID 1 在宿主机上是 %1</translation>
    </message>
    <message>
        <source>choose an instance above</source>
        <translation>请在上方选择实例</translation>
    </message>
    <message>
        <source>no start was measured yet</source>
        <translation>尚未测量过启动</translation>
    </message>
    <message>
        <source>not started by Diptych</source>
        <translation>不是由 Diptych 启动</translation>
    </message>
    <message>
        <source>no wall: the host&apos;s own processes</source>
        <translation>没有墙：主机自己的进程</translation>
    </message>
</context>
<context>
    <name>diptych::pages::ConnectionPicker</name>
    <message>
        <source>Libvirt connection</source>
        <translation>libvirt 连接</translation>
    </message>
    <message>
        <source>Show the machines of one libvirt connection only</source>
        <translation>只显示一个 libvirt 连接的虚拟机</translation>
    </message>
    <message>
        <source>Whose storage and networks these are</source>
        <translation>这些存储和网络属于哪个连接</translation>
    </message>
    <message>
        <source>all connections</source>
        <translation>所有连接</translation>
    </message>
    <message>
        <source>this machine</source>
        <translation>本机</translation>
    </message>
</context>
<context>
    <name>diptych::pages::CostCard</name>
    <message>
        <source>What it costs</source>
        <translation>开销</translation>
    </message>
    <message>
        <source>Ratio</source>
        <translation>倍数</translation>
    </message>
</context>
<context>
    <name>diptych::pages::DisplayTab</name>
    <message>
        <source>Fit</source>
        <translation>适应窗口</translation>
    </message>
    <message>
        <source>Grab keyboard</source>
        <translation>抓取键盘</translation>
    </message>
    <message>
        <source>Send keys</source>
        <translation>发送按键</translation>
    </message>
    <message>
        <source>Keys that this desktop would keep for itself</source>
        <translation>本桌面会自己留下的按键</translation>
    </message>
    <message>
        <source>Screenshot…</source>
        <translation>截图…</translation>
    </message>
    <message>
        <source>Save the picture as it is inside</source>
        <translation>按虚拟机内的原样保存画面</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Ctrl+Alt+Enter leaves it</source>
        <translation>Ctrl+Alt+Enter 退出全屏</translation>
    </message>
    <message>
        <source>Scale the picture to the room there is</source>
        <translation>缩放画面以适应空间</translation>
    </message>
    <message>
        <source>The desktop&apos;s shortcuts go inside too. Ctrl and Alt together give the keyboard back.</source>
        <translation>桌面的快捷键也送入虚拟机。同时按 Ctrl 和 Alt 交还键盘。</translation>
    </message>
    <message>
        <source>Ctrl+Alt+Delete</source>
        <translation>Ctrl+Alt+Delete</translation>
    </message>
    <message>
        <source>Ctrl+Alt+Backspace</source>
        <translation>Ctrl+Alt+Backspace</translation>
    </message>
    <message>
        <source>Ctrl+Alt+F%1</source>
        <translation>Ctrl+Alt+F%1</translation>
    </message>
    <message>
        <source>Print Screen</source>
        <translation>Print Screen</translation>
    </message>
    <message>
        <source>Magic SysRq: sync (Alt+SysRq+S)</source>
        <translation>魔术键 SysRq：同步 (Alt+SysRq+S)</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Connecting to the display …</source>
        <translation>正在连接显示…</translation>
    </message>
    <message>
        <source>The display was closed.</source>
        <translation>显示已关闭。</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>没有画面</translation>
    </message>
    <message>
        <source>%1, full screen</source>
        <translation>%1，全屏</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>保存画面</translation>
    </message>
    <message>
        <source>%1 screen</source>
        <translation>%1 屏幕</translation>
    </message>
    <message>
        <source>PNG image (*.png)</source>
        <translation>PNG 图像 (*.png)</translation>
    </message>
    <message>
        <source>The picture is saved in %1</source>
        <translation>画面已保存到 %1</translation>
    </message>
    <message>
        <source>The picture could not be saved in %1</source>
        <translation>画面无法保存到 %1</translation>
    </message>
    <message>
        <source>%1 × %2.</source>
        <translation>%1 × %2。</translation>
    </message>
    <message>
        <source>Ctrl+Alt gives mouse and keyboard back.</source>
        <translation>按 Ctrl+Alt 交还鼠标和键盘。</translation>
    </message>
    <message>
        <source>A click gives it the mouse: it has no tablet.</source>
        <translation>单击把鼠标交给它：它没有绝对定位设备。</translation>
    </message>
    <message>
        <source>Ctrl+Alt gives the keyboard back.</source>
        <translation>按 Ctrl+Alt 交还键盘。</translation>
    </message>
    <message>
        <source>Own window</source>
        <translation>独立窗口</translation>
    </message>
    <message>
        <source>Open in a window of its own, whatever is selected here</source>
        <translation>在独立的窗口中打开，与此处的选择无关</translation>
    </message>
    <message>
        <source>Back into the tab</source>
        <translation>放回标签页</translation>
    </message>
    <message>
        <source>Close this window and show the picture in the tab</source>
        <translation>关闭此窗口，把画面放回标签页</translation>
    </message>
    <message>
        <source>%1 is shown in a window of its own</source>
        <translation>%1 显示在独立的窗口中</translation>
    </message>
    <message>
        <source>Closing that window brings the picture back, too.</source>
        <translation>关闭那个窗口也会把画面放回来。</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>放回这里</translation>
    </message>
    <message>
        <source>The machine has no clipboard channel: add one in Hardware.</source>
        <translation>此虚拟机没有剪贴板通道：请在“硬件”中添加。</translation>
    </message>
    <message>
        <source>It has a SPICE display, and this window speaks VNC. It can have both.</source>
        <translation>它的显示方式是 SPICE，而此窗口使用 VNC。两者可以并存。</translation>
    </message>
    <message>
        <source>A twin has none: what it writes is in its terminal.</source>
        <translation>孪生虚拟机没有显示画面：其输出在终端中。</translation>
    </message>
    <message>
        <source>No display that can be shown here</source>
        <translation>没有可在此显示的画面</translation>
    </message>
    <message>
        <source>It has a VNC display from its next start on.</source>
        <translation>下次启动后它将有 VNC 显示。</translation>
    </message>
    <message>
        <source>Add a VNC display</source>
        <translation>添加 VNC 显示</translation>
    </message>
    <message>
        <source>The VNC display was added</source>
        <translation>已添加 VNC 显示</translation>
    </message>
    <message>
        <source>Not added</source>
        <translation>未添加</translation>
    </message>
</context>
<context>
    <name>diptych::pages::DisplayWindows</name>
    <message>
        <source>%1 no longer exists: its window was closed</source>
        <translation>%1 已不存在：它的窗口已关闭</translation>
    </message>
</context>
<context>
    <name>diptych::pages::EvidenceCard</name>
    <message>
        <source>What is isolated</source>
        <translation>隔离了什么</translation>
    </message>
    <message>
        <source>measured %1 · Enter opens how a row is known</source>
        <translation>测量于 %1 · 按 Enter 查看某行的依据</translation>
    </message>
    <message>
        <source>Resource</source>
        <translation>资源</translation>
    </message>
</context>
<context>
    <name>diptych::pages::FindingsCard</name>
    <message>
        <source>Needs a look</source>
        <translation>需要留意</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>还有 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing. All runs within its limits.</source>
        <translation>没有。一切都在限额之内。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 has a higher limit now.</source>
        <translation>%1 的限额已提高。</translation>
    </message>
    <message>
        <source>The limit of %1 did not change</source>
        <translation>%1 的限额没有改变</translation>
    </message>
</context>
<context>
    <name>diptych::pages::FullScreenBar</name>
    <message>
        <source>Ctrl+Alt+Enter leaves</source>
        <translation>Ctrl+Alt+Enter 退出</translation>
    </message>
    <message>
        <source>Send keys</source>
        <translation>发送按键</translation>
    </message>
    <message>
        <source>Keys that this desktop would keep for itself</source>
        <translation>本桌面会自己留下的按键</translation>
    </message>
    <message>
        <source>Leave full screen</source>
        <translation>退出全屏</translation>
    </message>
</context>
<context>
    <name>diptych::pages::GroupDetail</name>
    <message>
        <source>frozen</source>
        <translation>已冻结</translation>
    </message>
    <message>
        <source>Open instance</source>
        <translation>打开实例</translation>
    </message>
    <message>
        <source>Show it among the instances</source>
        <translation>在实例列表中显示</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>冻结</translation>
    </message>
    <message>
        <source>Kill…</source>
        <translation>终止…</translation>
    </message>
    <message>
        <source>What it uses</source>
        <translation>占用</translation>
    </message>
    <message>
        <source>What runs in it</source>
        <translation>其中运行的进程</translation>
    </message>
    <message>
        <source>Move to another group…</source>
        <translation>移到另一个组…</translation>
    </message>
    <message>
        <source>The current process of the list</source>
        <translation>列表中当前的进程</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>限额</translation>
    </message>
    <message>
        <source>hold at once</source>
        <translation>立即生效</translation>
    </message>
    <message>
        <source>The limits were not changed</source>
        <translation>限额未更改</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>PID</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>CPU time</source>
        <translation>CPU 时间</translation>
    </message>
    <message>
        <source>Processes of the group</source>
        <translation>该组的进程</translation>
    </message>
    <message>
        <source>The root holds everything: it can&apos;t be changed.</source>
        <translation>根组包含一切，不能更改。</translation>
    </message>
    <message>
        <source>The helper or the first process runs in it: without them nothing could be undone.</source>
        <translation>助手或首个进程在其中运行：没有它们，任何操作都无法撤销。</translation>
    </message>
    <message>
        <source>It belongs to an instance: change that one.</source>
        <translation>它属于某个实例：请更改该实例。</translation>
    </message>
    <message>
        <source>this machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Thaw</source>
        <translation>解冻</translation>
    </message>
    <message>
        <source>Let its processes go on</source>
        <translation>让其中的进程继续运行</translation>
    </message>
    <message>
        <source>Hold all its processes where they are</source>
        <translation>让其中的进程停在原处</translation>
    </message>
    <message>
        <source>End all its processes at once</source>
        <translation>立即结束其中的所有进程</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>CPU so far</source>
        <translation>累计 CPU</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>限流</translation>
    </message>
    <message>
        <source>%1 now</source>
        <translation>当前 %1</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>At most so far</source>
        <translation>历史峰值</translation>
    </message>
    <message>
        <source>Of it page cache</source>
        <translation>其中页缓存</translation>
    </message>
    <message>
        <source>Killed for memory</source>
        <translation>因内存被终止</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>CPU pressure</source>
        <translation>CPU 压力</translation>
    </message>
    <message>
        <source>Memory pressure</source>
        <translation>内存压力</translation>
    </message>
    <message>
        <source>IO pressure</source>
        <translation>IO 压力</translation>
    </message>
    <message>
        <source>Controllers</source>
        <translation>控制器</translation>
    </message>
    <message>
        <source>This group has no %1 controller.</source>
        <translation>该组没有 %1 控制器。</translation>
    </message>
    <message>
        <source>Who made the group may set its own limits again.</source>
        <translation>创建该组的程序可能会重新设置限额。</translation>
    </message>
    <message>
        <source>choose a group</source>
        <translation>请选择一个组</translation>
    </message>
    <message numerus="yes">
        <source>%n process(es), with the groups inside</source>
        <translation>
            <numerusform>%n 个进程（含子组）</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>Not changed</source>
        <translation>未更改</translation>
    </message>
</context>
<context>
    <name>diptych::pages::GroupsPage</name>
    <message>
        <source>Control groups</source>
        <translation>控制组</translation>
    </message>
    <message>
        <source>Search groups…</source>
        <translation>搜索控制组…</translation>
    </message>
    <message>
        <source>Needs a look</source>
        <translation>需要留意</translation>
    </message>
    <message>
        <source>Only groups that are frozen, held back, near a limit or had a process killed</source>
        <translation>仅显示被冻结、被限流、接近限额或有进程被终止的组</translation>
    </message>
    <message>
        <source>Search groups</source>
        <translation>搜索控制组</translation>
    </message>
    <message>
        <source>What the areas show</source>
        <translation>面积表示什么</translation>
    </message>
    <message>
        <source>Areas: memory</source>
        <translation>面积：内存</translation>
    </message>
    <message>
        <source>Areas: CPU</source>
        <translation>面积：CPU</translation>
    </message>
    <message>
        <source>Areas: tasks</source>
        <translation>面积：任务数</translation>
    </message>
    <message>
        <source>Who uses how much</source>
        <translation>谁占用多少</translation>
    </message>
    <message numerus="yes">
        <source>the first %n</source>
        <translation>
            <numerusform>前 %n 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n group(s), %1</source>
        <translation>
            <numerusform>%n 个控制组，%1</numerusform>
        </translation>
    </message>
    <message>
        <source>version 2</source>
        <translation>v2</translation>
    </message>
    <message>
        <source>version 1 and 2 mixed</source>
        <translation>v1 与 v2 混合</translation>
    </message>
    <message>
        <source>version 1</source>
        <translation>v1</translation>
    </message>
    <message>
        <source>The groups can&apos;t be listed</source>
        <translation>无法列出控制组</translation>
    </message>
    <message>
        <source>Reading the control groups …</source>
        <translation>正在读取控制组…</translation>
    </message>
    <message>
        <source>No group uses the processors just now.</source>
        <translation>目前没有控制组在使用处理器。</translation>
    </message>
    <message>
        <source>No group is charged with anything.</source>
        <translation>没有控制组记有占用。</translation>
    </message>
    <message>
        <source>The chosen group</source>
        <translation>所选控制组</translation>
    </message>
</context>
<context>
    <name>diptych::pages::GuestTab</name>
    <message>
        <source>as the host&apos;s</source>
        <translation>与主机一致</translation>
    </message>
    <message>
        <source>%1 ahead of the host&apos;s</source>
        <translation>比主机快 %1</translation>
    </message>
    <message>
        <source>%1 behind the host&apos;s</source>
        <translation>比主机慢 %1</translation>
    </message>
    <message>
        <source>Let it write again</source>
        <translation>让它恢复写入</translation>
    </message>
    <message>
        <source>Interface</source>
        <translation>接口</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>MAC</source>
        <translation>MAC</translation>
    </message>
    <message>
        <source>Addresses inside</source>
        <translation>内部地址</translation>
    </message>
    <message>
        <source>Mounted at</source>
        <translation>挂载点</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>已用</translation>
    </message>
    <message>
        <source>File systems inside</source>
        <translation>内部文件系统</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>起始时间</translation>
    </message>
    <message>
        <source>Who is logged in</source>
        <translation>已登录的用户</translation>
    </message>
    <message>
        <source>Nobody is logged in.</source>
        <translation>没有人登录。</translation>
    </message>
    <message>
        <source>System inside</source>
        <translation>内部系统</translation>
    </message>
    <message>
        <source>File systems</source>
        <translation>文件系统</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Set its clock to the host&apos;s</source>
        <translation>把时钟校准为主机时间</translation>
    </message>
    <message>
        <source>Set a password…</source>
        <translation>设置密码…</translation>
    </message>
    <message>
        <source>Freeze its file systems…</source>
        <translation>冻结文件系统…</translation>
    </message>
    <message>
        <source>Shut down through the agent</source>
        <translation>通过代理关机</translation>
    </message>
    <message>
        <source>Restart through the agent</source>
        <translation>通过代理重启</translation>
    </message>
    <message>
        <source>Ask the agent to</source>
        <translation>请代理执行</translation>
    </message>
    <message>
        <source>What the guest agent can do inside</source>
        <translation>客户机代理在内部能做的事</translation>
    </message>
    <message>
        <source>Asking the guest agent …</source>
        <translation>正在询问客户机代理…</translation>
    </message>
    <message>
        <source>Nothing is known of the inside</source>
        <translation>内部情况未知</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>再次询问</translation>
    </message>
    <message>
        <source>%1 is off</source>
        <translation>%1 已关机</translation>
    </message>
    <message>
        <source>The guest agent can be asked while the machine runs.</source>
        <translation>虚拟机运行时才能询问客户机代理。</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>No way to a guest agent</source>
        <translation>没有通往客户机代理的通道</translation>
    </message>
    <message>
        <source>The machine has no channel that a guest agent could listen on.</source>
        <translation>这台虚拟机没有客户机代理可以监听的通道。</translation>
    </message>
    <message>
        <source>Add the channel</source>
        <translation>添加通道</translation>
    </message>
    <message>
        <source>No guest agent answers</source>
        <translation>没有客户机代理应答</translation>
    </message>
    <message>
        <source>With it, addresses, file systems and users are seen here, and clock and passwords can be set. Install it inside; it starts by itself.
Debian, Ubuntu: apt install qemu-guest-agent
Fedora, openSUSE: dnf or zypper install qemu-guest-agent
Windows: the virtio-win guest tools</source>
        <translation>有了它，这里能看到地址、文件系统和用户，还能校准时钟、设置密码。请在内部安装，它会自行启动。
Debian、Ubuntu：apt install qemu-guest-agent
Fedora、openSUSE：dnf 或 zypper install qemu-guest-agent
Windows：virtio-win 客户机工具</translation>
    </message>
    <message>
        <source>The guest agent did not answer</source>
        <translation>客户机代理没有应答</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>内核</translation>
    </message>
    <message>
        <source>Host name</source>
        <translation>主机名</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Its file systems are frozen</source>
        <translation>文件系统已冻结</translation>
    </message>
    <message>
        <source>Nothing is written inside until it may again.</source>
        <translation>在恢复之前，内部不写入任何内容。</translation>
    </message>
    <message>
        <source>Told by the guest agent, asked again every ten seconds.</source>
        <translation>由客户机代理提供，每十秒询问一次。</translation>
    </message>
    <message>
        <source>Its clock is as the host&apos;s</source>
        <translation>时钟已与主机一致</translation>
    </message>
    <message>
        <source>Clock not set</source>
        <translation>时钟未校准</translation>
    </message>
    <message>
        <source>It was asked to restart</source>
        <translation>已请求重启</translation>
    </message>
    <message>
        <source>It was asked to shut down</source>
        <translation>已请求关机</translation>
    </message>
    <message>
        <source>Not shut down</source>
        <translation>未关机</translation>
    </message>
    <message>
        <source>The channel is added</source>
        <translation>通道已添加</translation>
    </message>
    <message>
        <source>Not added</source>
        <translation>未添加</translation>
    </message>
    <message>
        <source>Set a password inside %1</source>
        <translation>设置 %1 内部的密码</translation>
    </message>
    <message>
        <source>Set it</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>One that exists inside</source>
        <translation>内部已有的用户</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>再次输入</translation>
    </message>
    <message>
        <source>Whose password?</source>
        <translation>谁的密码？</translation>
    </message>
    <message>
        <source>It can&apos;t be empty.</source>
        <translation>不能为空。</translation>
    </message>
    <message>
        <source>Both differ.</source>
        <translation>两次输入不一致。</translation>
    </message>
    <message>
        <source>Not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>The password of %1 is set</source>
        <translation>%1 的密码已设置</translation>
    </message>
    <message>
        <source>Freeze the file systems of %1</source>
        <translation>冻结 %1 的文件系统</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>冻结</translation>
    </message>
    <message>
        <source> s</source>
        <translation> 秒</translation>
    </message>
    <message>
        <source>What is in its memory is written, then nothing more, so that a copy made below it (of a volume group, a file system, an array) is whole. Programs inside that write stand still.</source>
        <translation>先写出内存中的数据，然后不再写入，这样在它下层（卷组、文件系统、阵列）做的副本是完整的。内部写入的程序会暂停。</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>最多</translation>
    </message>
    <message>
        <source>Then it goes on by itself, or before when you say so.</source>
        <translation>到时自动恢复，也可以提前恢复。</translation>
    </message>
    <message>
        <source>Not frozen</source>
        <translation>未冻结</translation>
    </message>
</context>
<context>
    <name>diptych::pages::HardwareTab</name>
    <message>
        <source>default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>vCPUs now</source>
        <translation>当前 vCPU</translation>
    </message>
    <message>
        <source>vCPUs at most</source>
        <translation>vCPU 最多</translation>
    </message>
    <message>
        <source>vCPUs</source>
        <translation>vCPU</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>最多</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>More can be plugged in while it runs, up to the maximum</source>
        <translation>运行时可以增加，直到最大值</translation>
    </message>
    <message>
        <source>Processors</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>Memory now, MiB</source>
        <translation>当前内存 (MiB)</translation>
    </message>
    <message>
        <source>Memory at most, MiB</source>
        <translation>最大内存 (MiB)</translation>
    </message>
    <message>
        <source> MiB</source>
        <translation> MiB</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>The balloon gives and takes while it runs, up to the maximum</source>
        <translation>运行时由气球增减，直到最大值</translation>
    </message>
    <message>
        <source>This host has %1.</source>
        <translation>此主机有 %1。</translation>
    </message>
    <message>
        <source>Boot order</source>
        <translation>启动顺序</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Try it earlier</source>
        <translation>更早尝试</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Try it later</source>
        <translation>更晚尝试</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Its content stays in the storage pool</source>
        <translation>其内容留在存储池中</translation>
    </message>
    <message>
        <source>Insert…</source>
        <translation>插入…</translation>
    </message>
    <message>
        <source>Eject</source>
        <translation>弹出</translation>
    </message>
    <message>
        <source>Grow…</source>
        <translation>扩大…</translation>
    </message>
    <message>
        <source>A disk grows, it never shrinks</source>
        <translation>磁盘只能扩大，不能缩小</translation>
    </message>
    <message>
        <source>Grow %1</source>
        <translation>扩大 %1</translation>
    </message>
    <message>
        <source>Grow</source>
        <translation>扩大</translation>
    </message>
    <message>
        <source>New size</source>
        <translation>新大小</translation>
    </message>
    <message>
        <source> GiB</source>
        <translation> GiB</translation>
    </message>
    <message>
        <source>It has %1. The guest has to grow its file system itself afterwards.</source>
        <translation>现有 %1。之后客户机须自行扩大其文件系统。</translation>
    </message>
    <message>
        <source>Not changed</source>
        <translation>没有更改</translation>
    </message>
    <message>
        <source>Insert into %1</source>
        <translation>插入到 %1</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>插入</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>介质</translation>
    </message>
    <message>
        <source>Upload ISO files on the page Storage.</source>
        <translation>在“存储”页面上传 ISO 文件。</translation>
    </message>
    <message>
        <source>Add: %1</source>
        <translation>添加：%1</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>卷</translation>
    </message>
    <message>
        <source>Make an empty one, or upload an image, on the page Storage.</source>
        <translation>在“存储”页面新建空卷或上传映像。</translation>
    </message>
    <message>
        <source>Not added</source>
        <translation>没有添加</translation>
    </message>
    <message>
        <source>Start with the host</source>
        <translation>随主机启动</translation>
    </message>
    <message>
        <source>Add hardware</source>
        <translation>添加硬件</translation>
    </message>
    <message>
        <source>At once where it runs and libvirt can, else at the next start</source>
        <translation>运行中且 libvirt 支持时立即生效，否则下次启动时生效</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部件</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>When</source>
        <translation>何时</translation>
    </message>
    <message>
        <source>Hardware</source>
        <translation>硬件</translation>
    </message>
    <message>
        <source>Asking libvirt …</source>
        <translation>正在询问 libvirt…</translation>
    </message>
    <message>
        <source>The hardware is not known</source>
        <translation>无法得知硬件</translation>
    </message>
    <message>
        <source>%1, %2, firmware %3</source>
        <translation>%1，%2，固件 %3</translation>
    </message>
    <message>
        <source>%1 of at most %2</source>
        <translation>%1，最多 %2</translation>
    </message>
    <message>
        <source>%1 MiB of at most %2 MiB</source>
        <translation>%1 MiB，最多 %2 MiB</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>已更改</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>复位</translation>
    </message>
    <message>
        <source>Save state and turn off</source>
        <translation>保存状态并关机</translation>
    </message>
    <message>
        <source>Forget the saved state</source>
        <translation>丢弃已保存的状态</translation>
    </message>
    <message>
        <source>As the reset button: what is not written is lost</source>
        <translation>如同复位按钮：未写入的内容会丢失</translation>
    </message>
    <message>
        <source>Its memory goes to disk; the next start goes on from there</source>
        <translation>内存写入磁盘，下次启动从那里继续</translation>
    </message>
    <message>
        <source>The next start is a boot: what its memory held is lost</source>
        <translation>下次启动将重新引导：内存中的内容会丢失</translation>
    </message>
    <message>
        <source>Not done</source>
        <translation>没有完成</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>电源</translation>
    </message>
    <message>
        <source>Reset, and the memory kept on disk</source>
        <translation>复位，以及保存在磁盘上的内存</translation>
    </message>
    <message>
        <source>Share a directory of the host</source>
        <translation>共享主机目录</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>共享</translation>
    </message>
    <message>
        <source>Read only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>virtiofs: fast, for Linux 5.4 and later</source>
        <translation>virtiofs：快，适用于 Linux 5.4 及以上</translation>
    </message>
    <message>
        <source>9p: slower, by QEMU&apos;s own user</source>
        <translation>9p：较慢，以 QEMU 自己的用户身份</translation>
    </message>
    <message>
        <source>Directory</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>On the helper&apos;s machine, and not one of the system itself</source>
        <translation>位于助手所在的机器，且不是系统自身的目录</translation>
    </message>
    <message>
        <source>Name inside</source>
        <translation>内部名称</translation>
    </message>
    <message>
        <source>The tag by which it is mounted there</source>
        <translation>在内部挂载时使用的标签</translation>
    </message>
    <message>
        <source>By</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Root inside writes there as root of the host. The machine&apos;s memory becomes shareable, which takes effect at its next start.</source>
        <translation>内部的 root 以主机 root 的身份写入。虚拟机的内存变为可共享，下次启动时生效。</translation>
    </message>
    <message>
        <source>QEMU&apos;s user needs rights in that directory. Owners are kept beside the files.</source>
        <translation>QEMU 的用户需要该目录的权限。属主信息保存在文件旁。</translation>
    </message>
    <message>
        <source>libvirt can&apos;t share read only by virtiofs</source>
        <translation>libvirt 不能以只读方式通过 virtiofs 共享</translation>
    </message>
    <message>
        <source>This libvirt offers no way to share.</source>
        <translation>这个 libvirt 不支持共享目录。</translation>
    </message>
    <message>
        <source>Which directory?</source>
        <translation>哪个目录？</translation>
    </message>
    <message>
        <source>The host&apos;s devices are not known</source>
        <translation>主机设备未知</translation>
    </message>
    <message>
        <source>Give it a USB device of the host</source>
        <translation>把主机的 USB 设备交给它</translation>
    </message>
    <message>
        <source>Give it a PCI device of the host</source>
        <translation>把主机的 PCI 设备交给它</translation>
    </message>
    <message>
        <source>Give</source>
        <translation>交给它</translation>
    </message>
    <message>
        <source>Devices of the host</source>
        <translation>主机设备</translation>
    </message>
    <message>
        <source>%1 has it</source>
        <translation>%1 正在使用</translation>
    </message>
    <message>
        <source>The host loses it as long as the machine has it.</source>
        <translation>虚拟机使用期间，主机无法使用它。</translation>
    </message>
    <message>
        <source>No USB device is plugged into the host.</source>
        <translation>主机没有插入 USB 设备。</translation>
    </message>
    <message>
        <source>The host has no PCI device to give away.</source>
        <translation>主机没有可以交出的 PCI 设备。</translation>
    </message>
    <message>
        <source>Not available: %1</source>
        <translation>不可用：%1</translation>
    </message>
    <message>
        <source>Which device?</source>
        <translation>哪个设备？</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>限制</translation>
    </message>
    <message>
        <source>Inside, mount it with</source>
        <translation>在内部这样挂载</translation>
    </message>
    <message>
        <source>The host gets it back</source>
        <translation>归还给主机</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>无限制</translation>
    </message>
    <message>
        <source>Tried from above. Drag a line, or move it with the buttons.</source>
        <translation>从上到下依次尝试。拖动一行，或用按钮移动。</translation>
    </message>
    <message>
        <source>Memory dump…</source>
        <translation>内存转储…</translation>
    </message>
    <message>
        <source>Its memory as an ELF core, into a file of this computer; it stands still meanwhile</source>
        <translation>把它的内存以 ELF core 存到本机文件；期间它会暂停</translation>
    </message>
    <message>
        <source>Keep the memory of %1</source>
        <translation>保存 %1 的内存</translation>
    </message>
    <message>
        <source>ELF cores (*.elf)</source>
        <translation>ELF core (*.elf)</translation>
    </message>
    <message>
        <source>Directory of the host…</source>
        <translation>主机目录…</translation>
    </message>
    <message>
        <source>USB device of the host…</source>
        <translation>主机 USB 设备…</translation>
    </message>
    <message>
        <source>PCI device of the host…</source>
        <translation>主机 PCI 设备…</translation>
    </message>
    <message>
        <source>Sockets</source>
        <translation>插槽</translation>
    </message>
    <message>
        <source>Cores of each socket</source>
        <translation>每个插槽的核心数</translation>
    </message>
    <message>
        <source>Threads of each core</source>
        <translation>每个核心的线程数</translation>
    </message>
    <message>
        <source>Cores</source>
        <translation>核心</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>libvirt&apos;s choice</source>
        <translation>由 libvirt 决定</translation>
    </message>
    <message>
        <source>Apply at next start</source>
        <translation>下次启动时应用</translation>
    </message>
    <message>
        <source>%1 × %2 × %3 has to be the most vCPUs, %4</source>
        <translation>%1 × %2 × %3 必须等于最大 vCPU 数 %4</translation>
    </message>
    <message>
        <source>What the guest sees</source>
        <translation>客户机看到的</translation>
    </message>
    <message>
        <source>Processors of the host for each vCPU</source>
        <translation>每个 vCPU 使用的主机处理器</translation>
    </message>
    <message>
        <source>Thread</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>Runs on the host&apos;s</source>
        <translation>运行在主机的</translation>
    </message>
    <message>
        <source>QEMU itself</source>
        <translation>QEMU 自身</translation>
    </message>
    <message>
        <source>vCPU %1</source>
        <translation>vCPU %1</translation>
    </message>
    <message>
        <source>0-3,^2,7; empty: any</source>
        <translation>0-3,^2,7；留空：任意</translation>
    </message>
    <message>
        <source>At the next start: %1</source>
        <translation>下次启动时：%1</translation>
    </message>
    <message>
        <source>any</source>
        <translation>任意</translation>
    </message>
    <message>
        <source>Where they run</source>
        <translation>在哪里运行</translation>
    </message>
    <message>
        <source>The host has processors 0 to %1. At once where it runs.</source>
        <translation>主机有处理器 0 到 %1。运行中的虚拟机立即生效。</translation>
    </message>
    <message>
        <source>At once where it runs.</source>
        <translation>运行中的虚拟机立即生效。</translation>
    </message>
    <message>
        <source>Move to another host…</source>
        <translation>迁移到另一主机…</translation>
    </message>
    <message>
        <source>To another libvirt connection, while it runs or while it is off</source>
        <translation>迁移到另一个 libvirt 连接，运行中或关机时皆可</translation>
    </message>
    <message>
        <source>libvirt writes a machine&apos;s memory to a disk of its host, %1, and hands it to nobody</source>
        <translation>libvirt 把虚拟机的内存写到其主机 %1 的磁盘上，不会传给任何人</translation>
    </message>
    <message>
        <source>%1, firmware %2</source>
        <translation>%1，固件 %2</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>型号</translation>
    </message>
    <message>
        <source>the host&apos;s, as it is</source>
        <translation>与主机完全相同</translation>
    </message>
    <message>
        <source>like the host&apos;s, movable</source>
        <translation>与主机相近，可迁移</translation>
    </message>
    <message>
        <source>all that the hypervisor has</source>
        <translation>虚拟化程序的全部功能</translation>
    </message>
    <message>
        <source>the hypervisor&apos;s choice</source>
        <translation>由虚拟化程序决定</translation>
    </message>
    <message>
        <source>The guest learns of it when it starts</source>
        <translation>客户机启动时才会得知</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>What people call it</source>
        <translation>人们如何称呼它</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>What it is for, who looks after it …</source>
        <translation>它的用途、由谁照看……</translation>
    </message>
    <message>
        <source>At once; its name stays</source>
        <translation>立即生效；名称不变</translation>
    </message>
    <message>
        <source>Title and description</source>
        <translation>标题和描述</translation>
    </message>
    <message>
        <source>Where nothing is plugged into it</source>
        <translation>前提是没有设备接在它上面</translation>
    </message>
    <message>
        <source>Others in the host&apos;s network reach it; the host itself does not.</source>
        <translation>主机所在网络中的其他机器可以访问它，主机自身则不能。</translation>
    </message>
    <message>
        <source>There is no virtual network: make one on the page Networks.</source>
        <translation>没有虚拟网络：请在“网络”页面新建一个。</translation>
    </message>
    <message>
        <source>Which bridge of the host?</source>
        <translation>主机的哪个网桥？</translation>
    </message>
    <message>
        <source>Which interface of the host?</source>
        <translation>主机的哪个接口？</translation>
    </message>
    <message>
        <source>libvirt&apos;s directory on the host gets the socket; Hardware says where.</source>
        <translation>套接字放在主机上 libvirt 的目录中；硬件标签页会显示位置。</translation>
    </message>
    <message>
        <source>What it writes is kept in libvirt&apos;s log directory on the host.</source>
        <translation>它写出的内容保存在主机上 libvirt 的日志目录中。</translation>
    </message>
    <message>
        <source>Everybody on the host can connect, without a password.</source>
        <translation>主机上的任何人都可以连接，无需密码。</translation>
    </message>
    <message>
        <source>The first port is also what the tab Terminal shows.</source>
        <translation>第一个串口也就是“终端”标签页所显示的。</translation>
    </message>
    <message>
        <source>An older helper can&apos;t add this.</source>
        <translation>旧版本的助手程序不能添加它。</translation>
    </message>
    <message>
        <source>What is copied inside can be pasted here, and the other way round, where spice-vdagent runs inside: on Linux the package of that name, on Windows the SPICE guest tools.</source>
        <translation>只要虚拟机内运行着 spice-vdagent，在其中复制的内容就可在此粘贴，反之亦然：Linux 上安装同名软件包，Windows 上安装 SPICE 客户机工具。</translation>
    </message>
    <message>
        <source>Before version 10.1, QEMU can&apos;t move a running machine that has it, nor keep its memory: no saved state, and snapshots of the disks alone.</source>
        <translation>10.1 之前的 QEMU 无法迁移带有此通道的运行中虚拟机，也无法保存其内存：不能保存状态，快照也只含磁盘。</translation>
    </message>
    <message>
        <source>Firmware&apos;s boot menu</source>
        <translation>固件启动菜单</translation>
    </message>
    <message>
        <source>For three seconds a key chooses what is booted from, whatever the order</source>
        <translation>在三秒内按键即可选择从何处启动，不论顺序如何</translation>
    </message>
    <message>
        <source>QEMU has it since 6.1, and libvirt since 8.4.</source>
        <translation>QEMU 自 6.1 起、libvirt 自 8.4 起提供。</translation>
    </message>
</context>
<context>
    <name>diptych::pages::HostCharts</name>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>% of one core, all cores together</source>
        <translation>单核百分比，所有核心合计</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>in use: total less available</source>
        <translation>已用：总量减去可用量</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>all whole disks</source>
        <translation>所有整块磁盘</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Pressure</source>
        <translation>压力</translation>
    </message>
    <message>
        <source>This machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>read</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>written</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>received</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>I/O</source>
        <translation>I/O</translation>
    </message>
    <message>
        <source>PSI: share of the time that some task waited</source>
        <translation>PSI：有任务在等待的时间占比</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>name, value</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>This machine&apos;s kernel tells no pressure: it was built or started without PSI, there is no /proc/pressure.</source>
        <translation>本机内核不提供压力数据：编译或启动时没有启用 PSI，没有 /proc/pressure。</translation>
    </message>
    <message>
        <source>physical links, or all but loopback</source>
        <translation>物理链路，没有则为除回环外的全部</translation>
    </message>
    <message>
        <source>all cores</source>
        <translation>全部核心</translation>
    </message>
    <message>
        <source>all there is</source>
        <translation>全部内存</translation>
    </message>
</context>
<context>
    <name>diptych::pages::HostPage</name>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Back to the picture of this machine</source>
        <translation>回到本机全貌图</translation>
    </message>
    <message numerus="yes">
        <source>%1 · %n core(s) · %2</source>
        <translation>
            <numerusform>%1 · %n 个核心 · %2</numerusform>
        </translation>
    </message>
    <message>
        <source>Host history</source>
        <translation>主机历史</translation>
    </message>
</context>
<context>
    <name>diptych::pages::ImageActions</name>
    <message>
        <source>New instance</source>
        <translation>新建实例</translation>
    </message>
    <message>
        <source>Make a container, a virtual machine or both from it</source>
        <translation>由它创建容器、虚拟机或两者</translation>
    </message>
    <message>
        <source>Add a name…</source>
        <translation>增加名称…</translation>
    </message>
    <message>
        <source>Give the image a further name</source>
        <translation>给镜像再起一个名称</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Save it as an archive for podman or docker</source>
        <translation>保存为 podman 或 docker 可读的归档</translation>
    </message>
    <message>
        <source>Push…</source>
        <translation>推送…</translation>
    </message>
    <message>
        <source>Send it to a registry</source>
        <translation>发送到镜像仓库</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>List what would go, then delete it</source>
        <translation>先列出会删除什么，再删除</translation>
    </message>
    <message>
        <source>Pull…</source>
        <translation>拉取…</translation>
    </message>
    <message>
        <source>Fetch an image from a registry</source>
        <translation>从镜像仓库获取镜像</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Build…</source>
        <translation>构建…</translation>
    </message>
    <message>
        <source>Make one from a template</source>
        <translation>按模板制作</translation>
    </message>
    <message>
        <source>Registries…</source>
        <translation>镜像仓库…</translation>
    </message>
    <message>
        <source>Where the helper is signed in</source>
        <translation>助手程序登录了哪些镜像仓库</translation>
    </message>
    <message>
        <source>Remove unused…</source>
        <translation>移除未使用的…</translation>
    </message>
    <message>
        <source>List what no instance uses, then remove it</source>
        <translation>先列出没有实例使用的，再移除</translation>
    </message>
    <message>
        <source>Pull or import what was copied</source>
        <translation>拉取或导入已复制的内容</translation>
    </message>
    <message>
        <source>The helper can&apos;t be reached.</source>
        <translation>无法联系助手程序。</translation>
    </message>
    <message>
        <source>Choose an image first.</source>
        <translation>请先选择镜像。</translation>
    </message>
    <message>
        <source>Choose a single image.</source>
        <translation>请只选择一个镜像。</translation>
    </message>
    <message>
        <source>There is no image.</source>
        <translation>没有镜像。</translation>
    </message>
    <message>
        <source>%1 uses it: delete that first.</source>
        <translation>%1 正在使用它：请先删除该实例。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Take in an archive, a root file system or a disk from this machine</source>
        <translation>从本机导入归档、根文件系统或磁盘</translation>
    </message>
    <message>
        <source>Disks…</source>
        <translation>磁盘…</translation>
    </message>
    <message>
        <source>Disks of virtual machines that were imported</source>
        <translation>已导入的虚拟机磁盘</translation>
    </message>
</context>
<context>
    <name>diptych::pages::ImageDetail</name>
    <message>
        <source>Configuration</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>Manifest</source>
        <translation>清单</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>使用者</translation>
    </message>
    <message>
        <source>About the selected image</source>
        <translation>所选镜像的详情</translation>
    </message>
    <message>
        <source>made %1</source>
        <translation>制作于 %1</translation>
    </message>
    <message>
        <source>Asking the helper …</source>
        <translation>正在询问助手程序…</translation>
    </message>
    <message>
        <source>What runs when it starts, and how it was made; with line breaks for reading</source>
        <translation>启动时运行什么、如何制作；为便于阅读已换行</translation>
    </message>
    <message>
        <source>What it consists of: its digest is %1</source>
        <translation>由什么组成：其摘要为 %1</translation>
    </message>
</context>
<context>
    <name>diptych::pages::ImageFilesTab</name>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Layer %1 of %2   ·   %3</source>
        <translation>第 %1 层，共 %2 层   ·   %3</translation>
    </message>
    <message>
        <source>No layers</source>
        <translation>没有层</translation>
    </message>
    <message>
        <source>This image has no files.</source>
        <translation>此镜像没有文件。</translation>
    </message>
    <message>
        <source>Reading the layer …</source>
        <translation>正在读取该层…</translation>
    </message>
    <message>
        <source>The files are not known</source>
        <translation>无法得知文件</translation>
    </message>
    <message>
        <source>An empty layer</source>
        <translation>空层</translation>
    </message>
    <message>
        <source>It changes no file.</source>
        <translation>它没有改动任何文件。</translation>
    </message>
</context>
<context>
    <name>diptych::pages::ImageLayersTab</name>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Compressed</source>
        <translation>压缩后</translation>
    </message>
    <message>
        <source>Unpacked</source>
        <translation>解包后</translation>
    </message>
    <message>
        <source>Shared with</source>
        <translation>共享者</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>layer, size</comment>
        <translation>%1：%2</translation>
    </message>
    <message numerus="yes">
        <source>stored once for %n images</source>
        <translation>
            <numerusform>为 %n 个镜像只存储一份</numerusform>
        </translation>
    </message>
    <message>
        <source>stored already, at another place of the picture</source>
        <translation>已存储过，在图中另一处</translation>
    </message>
    <message>
        <source>Layers that several images begin with are stored once: %1 in place of %2, %3 saved.</source>
        <translation>多个镜像共有的底层只存储一份：实占 %1，否则需 %2，节省 %3。</translation>
    </message>
    <message>
        <source>No other image here has a layer of this one.</source>
        <translation>这里没有其他镜像与它共享层。</translation>
    </message>
    <message numerus="yes">
        <source>%n more image(s) share layers with it.</source>
        <translation>
            <numerusform>另有 %n 个镜像与它共享层。</numerusform>
        </translation>
    </message>
    <message>
        <source>This step made no layer.</source>
        <translation>这一步没有产生层。</translation>
    </message>
</context>
<context>
    <name>diptych::pages::ImageUsedByTab</name>
    <message>
        <source>Instance</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Instances made from the image</source>
        <translation>由该镜像创建的实例</translation>
    </message>
    <message>
        <source>No instance is made from it; it can be deleted.</source>
        <translation>没有实例由它创建；可以删除。</translation>
    </message>
    <message>
        <source>Enter or a double click opens the instance. It needs this image: deleting waits for it.</source>
        <translation>回车或双击打开实例。实例需要此镜像：删除须等它先删除。</translation>
    </message>
</context>
<context>
    <name>diptych::pages::ImagesEmpty</name>
    <message>
        <source>Nothing matches</source>
        <translation>没有匹配项</translation>
    </message>
    <message>
        <source>No image has these words.</source>
        <translation>没有镜像包含这些词。</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>全部显示</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Looking for images …</source>
        <translation>正在查找镜像…</translation>
    </message>
    <message>
        <source>No images yet</source>
        <translation>还没有镜像</translation>
    </message>
    <message>
        <source>Pull one by its name, import an archive (drop it here), or build one from a template. Ctrl+V pulls what was copied.</source>
        <translation>按名称拉取，导入归档（拖到这里），或按模板构建。Ctrl+V 拉取已复制的名称。</translation>
    </message>
</context>
<context>
    <name>diptych::pages::ImagesPage</name>
    <message>
        <source>Images</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Search images…</source>
        <translation>搜索镜像…</translation>
    </message>
    <message>
        <source>Search images</source>
        <translation>搜索镜像</translation>
    </message>
    <message>
        <source>All actions</source>
        <translation>全部操作</translation>
    </message>
    <message>
        <source>More actions</source>
        <translation>更多操作</translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>已选 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 in layers</source>
        <translation>各层共 %1</translation>
    </message>
    <message>
        <source>What was copied is no image&apos;s name</source>
        <translation>复制的内容不是镜像名称</translation>
    </message>
    <message>
        <source>Copy a name like nginx:1.27 or an archive file, then paste it here.</source>
        <translation>请复制 nginx:1.27 这样的名称或归档文件，再粘贴到这里。</translation>
    </message>
    <message>
        <source>Drop to pull it</source>
        <translation>松开以拉取</translation>
    </message>
    <message>
        <source>Drop to import %1</source>
        <translation>松开以导入 %1</translation>
    </message>
</context>
<context>
    <name>diptych::pages::InstanceActions</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Virtual machine</source>
        <translation>虚拟机</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Hardware</source>
        <translation>硬件</translation>
    </message>
    <message>
        <source>Snapshots and clones</source>
        <translation>快照与克隆</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Save state and turn off</source>
        <translation>保存状态并关机</translation>
    </message>
    <message>
        <source>As the reset button: what is not written is lost</source>
        <translation>如同按下重置键：尚未写入的内容会丢失</translation>
    </message>
    <message>
        <source>Its memory goes to disk; the next start goes on from there</source>
        <translation>内存写入磁盘；下次启动从那里继续</translation>
    </message>
    <message>
        <source>Move to another host…</source>
        <translation>迁移到另一台主机…</translation>
    </message>
    <message>
        <source>Choose one machine</source>
        <translation>请选择一台机器</translation>
    </message>
    <message>
        <source>Display in a window of its own</source>
        <translation>在独立窗口中显示画面</translation>
    </message>
</context>
<context>
    <name>diptych::pages::InstanceDetail</name>
    <message>
        <source>Summary</source>
        <translation>概要</translation>
    </message>
    <message>
        <source>Performance</source>
        <translation>性能</translation>
    </message>
    <message>
        <source>Isolation</source>
        <translation>隔离</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>终端</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>限额</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>About the selected instance</source>
        <translation>关于所选实例</translation>
    </message>
    <message>
        <source>started in %1</source>
        <translation>启动用时 %1</translation>
    </message>
    <message>
        <source>disks of its own</source>
        <translation>自有磁盘</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>改动</translation>
    </message>
    <message>
        <source>XML</source>
        <translation>XML</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Hardware</source>
        <translation>硬件</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>快照</translation>
    </message>
    <message>
        <source>Resources</source>
        <translation>资源</translation>
    </message>
    <message>
        <source>Guest</source>
        <translation>客户机</translation>
    </message>
    <message>
        <source>on %1</source>
        <translation>在 %1 上</translation>
    </message>
    <message>
        <source>on %1: %2</source>
        <translation>在 %1 上：%2</translation>
    </message>
    <message>
        <source>Walls</source>
        <translation>墙</translation>
    </message>
</context>
<context>
    <name>diptych::pages::InstancesPage</name>
    <message>
        <source>Instances</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>Search name, image, address…</source>
        <translation>搜索名称、镜像、地址…</translation>
    </message>
    <message>
        <source>Search instances</source>
        <translation>搜索实例</translation>
    </message>
    <message>
        <source>More actions</source>
        <translation>更多操作</translation>
    </message>
    <message>
        <source>All actions for the selected instances</source>
        <translation>对所选实例的全部操作</translation>
    </message>
    <message>
        <source>New instance</source>
        <translation>新建实例</translation>
    </message>
    <message>
        <source>Make a container, a virtual machine, or both (Ctrl+N)</source>
        <translation>创建容器、虚拟机，或两者都创建（Ctrl+N）</translation>
    </message>
    <message>
        <source>Show containers only</source>
        <translation>只显示容器</translation>
    </message>
    <message>
        <source>Show virtual machines only</source>
        <translation>只显示虚拟机</translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>已选 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>containers %1</source>
        <translation>容器 %1</translation>
    </message>
    <message>
        <source>virtual machines %1</source>
        <translation>虚拟机 %1</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>没有匹配项</translation>
    </message>
    <message>
        <source>No instance has these words and this kind.</source>
        <translation>没有符合这些文字和类型的实例。</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>全部显示</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Looking for instances …</source>
        <translation>正在查找实例…</translation>
    </message>
    <message>
        <source>No instances yet</source>
        <translation>还没有实例</translation>
    </message>
    <message>
        <source>Make one image run twice: as a container and as a virtual machine.</source>
        <translation>让同一个镜像运行两次：一次作为容器，一次作为虚拟机。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop, kill, restart, pause or resume the selected instances</source>
        <translation>停止、强制结束、重启、暂停或恢复所选实例</translation>
    </message>
    <message>
        <source>VMs %1</source>
        <translation>虚拟机 %1</translation>
    </message>
    <message>
        <source>found on this machine</source>
        <translation>本机发现的</translation>
    </message>
    <message>
        <source>Containers of other engines, sandboxes, services with limits and other virtual machines: to look at, not to change</source>
        <translation>其他引擎的容器、沙箱、有限制的服务和其他虚拟机：只可查看，不可更改</translation>
    </message>
    <message>
        <source>Libvirt connections…</source>
        <translation>libvirt 连接…</translation>
    </message>
    <message>
        <source>others found</source>
        <translation>其他</translation>
    </message>
</context>
<context>
    <name>diptych::pages::IsolationTab</name>
    <message>
        <source>What is isolated, and how we know</source>
        <translation>隔离了什么，以及依据</translation>
    </message>
    <message>
        <source>Gather again</source>
        <translation>重新收集</translation>
    </message>
    <message>
        <source>Ask inside and outside again (F5)</source>
        <translation>重新查询内部和外部（F5）</translation>
    </message>
    <message>
        <source>Gathering …</source>
        <translation>正在收集…</translation>
    </message>
    <message>
        <source>Evidence could not be gathered</source>
        <translation>未能收集证据</translation>
    </message>
    <message>
        <source>Measured %1. Enter opens how a row is known.</source>
        <translation>测量于 %1。按 Enter 查看某行的依据。</translation>
    </message>
    <message>
        <source>The inside could not be asked</source>
        <translation>无法查询其内部</translation>
    </message>
</context>
<context>
    <name>diptych::pages::LimitsPanel</name>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>Nothing is selected.</source>
        <translation>没有选中任何实例。</translation>
    </message>
    <message>
        <source>%1 now</source>
        <translation>当前 %1</translation>
    </message>
    <message>
        <source>The limits of %1 did not change</source>
        <translation>%1 的限额没有改变</translation>
    </message>
    <message>
        <source>%1, held back %2</source>
        <translation>%1，受压制 %2</translation>
    </message>
</context>
<context>
    <name>diptych::pages::LimitsTab</name>
    <message>
        <source>Limits</source>
        <translation>限额</translation>
    </message>
    <message>
        <source>at once when it runs, and for every next start</source>
        <translation>运行时立即生效，并用于以后每次启动</translation>
    </message>
</context>
<context>
    <name>diptych::pages::NamespaceDetail</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>How this namespace is known</source>
        <translation>如何得知此命名空间</translation>
    </message>
    <message>
        <source>Of it</source>
        <translation>关于它</translation>
    </message>
    <message>
        <source>on the host</source>
        <translation>在宿主机上</translation>
    </message>
    <message>
        <source>Processes in this namespace</source>
        <translation>此命名空间中的进程</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>PID</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>Whose</source>
        <translation>属于谁</translation>
    </message>
    <message numerus="yes">
        <source>the first %n</source>
        <translation>
            <numerusform>前 %n 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n process(es) in it</source>
        <translation>
            <numerusform>其中有 %n 个进程</numerusform>
        </translation>
    </message>
    <message>
        <source>this machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>打开 %1</translation>
    </message>
    <message>
        <source>Show it among the instances</source>
        <translation>在实例中显示</translation>
    </message>
    <message>
        <source>The chosen process belongs to no instance and no workload.</source>
        <translation>所选进程不属于任何实例或工作负载。</translation>
    </message>
</context>
<context>
    <name>diptych::pages::NamespacesPage</name>
    <message>
        <source>Namespaces</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>Search names, commands, numbers…</source>
        <translation>搜索名称、命令、编号…</translation>
    </message>
    <message>
        <source>Without the host&apos;s own</source>
        <translation>不含宿主机自己的</translation>
    </message>
    <message>
        <source>Only namespaces that the first process is not in</source>
        <translation>只显示首个进程不在其中的命名空间</translation>
    </message>
    <message>
        <source>Search namespaces</source>
        <translation>搜索命名空间</translation>
    </message>
    <message>
        <source>Kind of namespace</source>
        <translation>命名空间的种类</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>所有种类</translation>
    </message>
    <message>
        <source>Who owns which namespaces</source>
        <translation>谁拥有哪些命名空间</translation>
    </message>
    <message>
        <source>Boxes in boxes; the list below says the same in words.</source>
        <translation>方框套方框；下方列表用文字说明同样的内容。</translation>
    </message>
    <message numerus="yes">
        <source>%n namespace(s)</source>
        <translation>
            <numerusform>%n 个命名空间</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n process(es) could not be looked at</source>
        <translation>
            <numerusform>，%n 个进程无法查看</numerusform>
        </translation>
    </message>
    <message>
        <source>The namespaces can&apos;t be listed</source>
        <translation>无法列出命名空间</translation>
    </message>
    <message>
        <source>Looking at every process …</source>
        <translation>正在查看每个进程…</translation>
    </message>
</context>
<context>
    <name>diptych::pages::NetworksPage</name>
    <message>
        <source>NAT: out through the host&apos;s address</source>
        <translation>NAT：通过主机地址对外</translation>
    </message>
    <message>
        <source>routed: out with its own addresses</source>
        <translation>路由：以自己的地址对外</translation>
    </message>
    <message>
        <source>isolated: among itself and the host</source>
        <translation>隔离：仅内部与主机之间</translation>
    </message>
    <message>
        <source>bridge of the host</source>
        <translation>主机的网桥</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Start with the host</source>
        <translation>随主机启动</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>What can be done with the chosen network</source>
        <translation>对所选网络可做的操作</translation>
    </message>
    <message>
        <source>New network…</source>
        <translation>新建网络…</translation>
    </message>
    <message>
        <source>Where containers and virtual machines meet</source>
        <translation>容器和虚拟机相连之处</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Host&apos;s address</source>
        <translation>主机地址</translation>
    </message>
    <message>
        <source>Addresses given</source>
        <translation>已分配的地址</translation>
    </message>
    <message>
        <source>Bridge</source>
        <translation>网桥</translation>
    </message>
    <message>
        <source>Machines on it</source>
        <translation>其上的虚拟机</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>MAC</source>
        <translation>MAC</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>到期</translation>
    </message>
    <message>
        <source>Asking libvirt …</source>
        <translation>正在询问 libvirt…</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>The networks are not known</source>
        <translation>无法得知网络</translation>
    </message>
    <message>
        <source>No networks</source>
        <translation>没有网络</translation>
    </message>
    <message>
        <source>libvirt has none yet.</source>
        <translation>libvirt 还没有网络。</translation>
    </message>
    <message>
        <source>active</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>, starts with the host</source>
        <translation>，随主机启动</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>No addresses given</source>
        <translation>没有分配地址</translation>
    </message>
    <message>
        <source>Choose a network first</source>
        <translation>请先选择网络</translation>
    </message>
    <message>
        <source>Not changed</source>
        <translation>没有更改</translation>
    </message>
    <message>
        <source>Remove the network %1</source>
        <translation>移除网络 %1</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Its bridge and its addresses go. Containers that are on it lose their network.</source>
        <translation>其网桥和地址会消失。使用它的容器将失去网络。</translation>
    </message>
    <message>
        <source>It can&apos;t be removed: %1 have it.</source>
        <translation>无法移除：%1 正在使用它。</translation>
    </message>
    <message>
        <source>Not removed</source>
        <translation>没有移除</translation>
    </message>
    <message>
        <source>New network</source>
        <translation>新建网络</translation>
    </message>
    <message>
        <source>Make it</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Give addresses to machines (DHCP)</source>
        <translation>为虚拟机分配地址 (DHCP)</translation>
    </message>
    <message>
        <source>With the length of the network&apos;s prefix</source>
        <translation>带网络前缀长度</translation>
    </message>
    <message>
        <source>One that the host has already</source>
        <translation>主机上已有的网桥</translation>
    </message>
    <message>
        <source>A network needs a name.</source>
        <translation>网络需要名称。</translation>
    </message>
    <message>
        <source>Not made</source>
        <translation>没有创建</translation>
    </message>
    <message>
        <source>Search interfaces, names, addresses…</source>
        <translation>搜索接口、名称、地址…</translation>
    </message>
    <message>
        <source>Networks of libvirt</source>
        <translation>libvirt 的网络</translation>
    </message>
    <message>
        <source>Wiring of this machine</source>
        <translation>本机的布线</translation>
    </message>
    <message>
        <source>What of the networks</source>
        <translation>网络的哪一方面</translation>
    </message>
    <message>
        <source>Search the wiring</source>
        <translation>搜索布线</translation>
    </message>
    <message>
        <source>all that the host&apos;s own address leaves</source>
        <translation>主机自身地址以外的全部地址</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Domain</source>
        <translation>域名</translation>
    </message>
    <message>
        <source>Of the names that its name server gives, as lab.lan</source>
        <translation>其名称服务器所给名称的域，例如 lab.lan</translation>
    </message>
    <message>
        <source>First address</source>
        <translation>起始地址</translation>
    </message>
    <message>
        <source>Last address</source>
        <translation>结束地址</translation>
    </message>
    <message>
        <source>Name the first and the last address, or neither.</source>
        <translation>请同时填写起始和结束地址，或都不填。</translation>
    </message>
    <message>
        <source>What %1 keeps</source>
        <translation>%1 保留的内容</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>An address for a machine&apos;s card (DHCP)</source>
        <translation>为机器网卡保留的地址（DHCP）</translation>
    </message>
    <message>
        <source>A name for an address (name server)</source>
        <translation>地址的名称（名称服务器）</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>May be empty</source>
        <translation>可以留空</translation>
    </message>
    <message>
        <source>The card&apos;s MAC address is needed.</source>
        <translation>需要网卡的 MAC 地址。</translation>
    </message>
    <message>
        <source>An address is needed.</source>
        <translation>需要一个地址。</translation>
    </message>
    <message>
        <source>A name is needed.</source>
        <translation>需要一个名称。</translation>
    </message>
    <message>
        <source>Not kept</source>
        <translation>未能保留</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>保留的地址</translation>
    </message>
    <message>
        <source>For</source>
        <translation>用于</translation>
    </message>
    <message>
        <source>Addresses and names kept</source>
        <translation>保留的地址与名称</translation>
    </message>
    <message>
        <source>Keep…</source>
        <translation>保留…</translation>
    </message>
    <message>
        <source>whoever asks for the name</source>
        <translation>查询该名称者</translation>
    </message>
    <message>
        <source>An address for a machine&apos;s card, or a name for an address</source>
        <translation>为机器网卡保留地址，或为地址命名</translation>
    </message>
    <message>
        <source>libvirt gives no addresses and no names in this network</source>
        <translation>libvirt 不在此网络中分配地址和名称</translation>
    </message>
    <message>
        <source>Choose what is kept first</source>
        <translation>请先选择一个保留项</translation>
    </message>
    <message>
        <source>IPv6: guests choose</source>
        <translation>IPv6：虚拟机自选</translation>
    </message>
    <message>
        <source>none; for one: fd00:100::1/64</source>
        <translation>无；示例：fd00:100::1/64</translation>
    </message>
    <message>
        <source>by themselves (router advertisements)</source>
        <translation>自行选择（路由器通告）</translation>
    </message>
    <message>
        <source>by DHCPv6</source>
        <translation>由 DHCPv6 分配</translation>
    </message>
    <message>
        <source>Host&apos;s IPv6 address</source>
        <translation>主机的 IPv6 地址</translation>
    </message>
    <message>
        <source>With the prefix&apos;s length, which is 64</source>
        <translation>带前缀长度，须为 64</translation>
    </message>
    <message>
        <source>Machines get theirs</source>
        <translation>虚拟机的地址</translation>
    </message>
    <message>
        <source>XML…</source>
        <translation>XML…</translation>
    </message>
</context>
<context>
    <name>diptych::pages::NewInstancePage</name>
    <message>
        <source>New instance</source>
        <translation>新建实例</translation>
    </message>
    <message>
        <source>image → wall → limits → review</source>
        <translation>镜像 → 墙 → 限额 → 确认</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Back to where you were; nothing is made</source>
        <translation>回到之前的页面；不会创建任何东西</translation>
    </message>
    <message>
        <source>Create and start</source>
        <translation>创建并启动</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>限额</translation>
    </message>
    <message>
        <source>the same on both sides, can be changed while it runs</source>
        <translation>两侧相同，运行时可以修改</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Container</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>Shares the host&apos;s kernel</source>
        <translation>共享宿主机的内核</translation>
    </message>
    <message>
        <source>Virtual machine</source>
        <translation>虚拟机</translation>
    </message>
    <message>
        <source>Boots a kernel of its own</source>
        <translation>启动自己的内核</translation>
    </message>
    <message>
        <source>Twins</source>
        <translation>孪生</translation>
    </message>
    <message>
        <source>One of each, same limits, to compare</source>
        <translation>各一个，限额相同，便于对比</translation>
    </message>
    <message>
        <source>Network and ports</source>
        <translation>网络与端口</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Command and environment</source>
        <translation>命令与环境变量</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Environment, a NAME=value on each line</source>
        <translation>环境变量，每行一个 名称=值</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>环境变量</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Run something else than the image says</source>
        <translation>运行镜像指定之外的程序</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>the image&apos;s</source>
        <translation>镜像自带的</translation>
    </message>
    <message numerus="yes">
        <source>%1   ·   %n layer(s), %2</source>
        <translation>
            <numerusform>%1   ·   %n 层，%2</numerusform>
        </translation>
    </message>
    <message>
        <source>no image on this machine yet</source>
        <translation>这台机器上还没有镜像</translation>
    </message>
    <message>
        <source>looking for images …</source>
        <translation>正在查找镜像…</translation>
    </message>
    <message>
        <source>Build a %1 image from this host</source>
        <translation>用本机文件构建 %1 镜像</translation>
    </message>
    <message>
        <source>%1, median of %2</source>
        <translation>%1，%2 次的中位数</translation>
    </message>
    <message>
        <source>This machine can&apos;t run virtual machines.</source>
        <translation>这台机器不能运行虚拟机。</translation>
    </message>
    <message>
        <source>Starts here in</source>
        <translation>本机启动用时</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>内核</translation>
    </message>
    <message>
        <source>the host&apos;s</source>
        <translation>宿主机的</translation>
    </message>
    <message>
        <source>the host&apos;s, %1</source>
        <translation>宿主机的，%1</translation>
    </message>
    <message>
        <source>Kernel bugs</source>
        <translation>内核漏洞</translation>
    </message>
    <message>
        <source>reach the host</source>
        <translation>波及宿主机</translation>
    </message>
    <message>
        <source>its own</source>
        <translation>自己的</translation>
    </message>
    <message>
        <source>its own, on %1</source>
        <translation>自己的，运行于 %1</translation>
    </message>
    <message>
        <source>stay inside</source>
        <translation>留在内部</translation>
    </message>
    <message>
        <source>Makes</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>the same for both</source>
        <translation>两者相同</translation>
    </message>
    <message>
        <source>Opens in</source>
        <translation>随后打开</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>An address of its own on libvirt&apos;s network “default”; containers and virtual machines reach each other.</source>
        <translation>在 libvirt 的“default”网络上有自己的地址；容器与虚拟机可以互通。</translation>
    </message>
    <message>
        <source>The container uses this machine&apos;s own interfaces: no wall there.</source>
        <translation>容器直接使用本机的网络接口：此处没有墙。</translation>
    </message>
    <message>
        <source>Only a loopback interface.</source>
        <translation>只有回环接口。</translation>
    </message>
    <message>
        <source>It is being made.</source>
        <translation>正在创建。</translation>
    </message>
    <message>
        <source>The helper can&apos;t be reached.</source>
        <translation>无法连接助手程序。</translation>
    </message>
    <message>
        <source>An image is needed first.</source>
        <translation>请先准备一个镜像。</translation>
    </message>
    <message>
        <source>Only a container can share the host&apos;s network.</source>
        <translation>只有容器可以共享宿主机的网络。</translation>
    </message>
    <message>
        <source>Create and start (Ctrl+Return)</source>
        <translation>创建并启动（Ctrl+Return）</translation>
    </message>
    <message>
        <source>Not created</source>
        <translation>未能创建</translation>
    </message>
    <message>
        <source>%1, %1-vm</source>
        <translation>%1、%1-vm</translation>
    </message>
    <message>
        <source>The virtual machine keeps its own address.</source>
        <translation>虚拟机仍有自己的地址。</translation>
    </message>
    <message>
        <source>The ports lead into the container.</source>
        <translation>这些端口通向容器。</translation>
    </message>
    <message>
        <source>Pull…</source>
        <translation>拉取…</translation>
    </message>
    <message>
        <source>Fetch an image from a registry</source>
        <translation>从镜像仓库获取镜像</translation>
    </message>
    <message>
        <source>Machine from ISO, disk or OVA…</source>
        <translation>从 ISO、磁盘或 OVA 创建虚拟机…</translation>
    </message>
    <message>
        <source>A virtual machine of its own: from a medium, a cloud image, a disk or another hypervisor</source>
        <translation>独立的虚拟机：来自安装介质、云镜像、磁盘或其他虚拟化平台</translation>
    </message>
</context>
<context>
    <name>diptych::pages::OperationStrip</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stop this and undo what it has done</source>
        <translation>停止并撤销已做的工作</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Working …</source>
        <translation>正在处理…</translation>
    </message>
    <message>
        <source>This step can&apos;t be cancelled</source>
        <translation>这一步不能取消</translation>
    </message>
</context>
<context>
    <name>diptych::pages::OthersPanel</name>
    <message numerus="yes">
        <source>%n task(s)</source>
        <translation>
            <numerusform>%n 个任务</numerusform>
        </translation>
    </message>
    <message>
        <source>Compare with the host</source>
        <translation>与主机比较</translation>
    </message>
    <message>
        <source>Both side by side; choose others there</source>
        <translation>并排显示两者；可在那里另选</translation>
    </message>
    <message>
        <source>Found on this machine</source>
        <translation>本机发现的</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>形式</translation>
    </message>
    <message>
        <source>Namespaces of its own</source>
        <translation>自己的命名空间</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Own limits</source>
        <translation>自身限制</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>已运行</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Isolation</source>
        <translation>隔离</translation>
    </message>
    <message>
        <source>Resources</source>
        <translation>资源</translation>
    </message>
    <message>
        <source>About what was found</source>
        <translation>关于所发现的</translation>
    </message>
    <message>
        <source>The machine could not be searched</source>
        <translation>无法搜索本机</translation>
    </message>
    <message>
        <source>charged to its control group</source>
        <translation>记在它的控制组上</translation>
    </message>
    <message>
        <source>it has no control group alone; see Resources</source>
        <translation>没有独占的控制组；见“资源”</translation>
    </message>
    <message>
        <source>PID %1, no control group alone</source>
        <translation>PID %1，没有独占的控制组</translation>
    </message>
    <message>
        <source>PID %1 in %2</source>
        <translation>PID %1，在 %2</translation>
    </message>
</context>
<context>
    <name>diptych::pages::OverviewPage</name>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>This machine, right now</source>
        <translation>这台机器，此刻</translation>
    </message>
    <message>
        <source>What a tile&apos;s width means</source>
        <translation>方块宽度的含义</translation>
    </message>
    <message>
        <source>Width: memory</source>
        <translation>宽度：内存</translation>
    </message>
    <message>
        <source>Width: CPU</source>
        <translation>宽度：CPU</translation>
    </message>
    <message>
        <source>New instance</source>
        <translation>新建实例</translation>
    </message>
    <message>
        <source>Make a container, a virtual machine, or both (Ctrl+N)</source>
        <translation>创建容器、虚拟机，或两者都创建（Ctrl+N）</translation>
    </message>
    <message>
        <source>container: a wall of namespaces on the host&apos;s kernel</source>
        <translation>容器：宿主机内核上的命名空间之墙</translation>
    </message>
    <message>
        <source>virtual machine: a kernel of its own</source>
        <translation>虚拟机：有自己的内核</translation>
    </message>
    <message>
        <source>%1 and %2 on one kernel</source>
        <translation>同一内核上有 %1和 %2</translation>
    </message>
    <message numerus="yes">
        <source>%n container(s)</source>
        <translation>
            <numerusform>%n 个容器</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n virtual machine(s)</source>
        <translation>
            <numerusform>%n 台虚拟机</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking at this machine …</source>
        <translation>正在查看这台机器…</translation>
    </message>
    <message>
        <source>Nothing runs here yet</source>
        <translation>这里还没有运行任何实例</translation>
    </message>
    <message>
        <source>Make one image run twice, as a container and as a virtual machine, and see what lies between.</source>
        <translation>让同一个镜像作为容器和虚拟机各运行一次，看看两者之间隔着什么。</translation>
    </message>
    <message numerus="yes">
        <source>%n process(es)</source>
        <translation>
            <numerusform>%n 个进程</numerusform>
        </translation>
    </message>
    <message>
        <source>own kernel · TCG</source>
        <translation>自己的内核 · TCG</translation>
    </message>
    <message>
        <source>own kernel</source>
        <translation>自己的内核</translation>
    </message>
    <message>
        <source>up %1 · every container&apos;s system calls land here</source>
        <translation>已运行 %1 · 每个容器的系统调用都落在这里</translation>
    </message>
    <message>
        <source>Memory %1 of %2</source>
        <translation>内存 %1，共 %2</translation>
    </message>
    <message>
        <source>Disk %1 read · %2 written</source>
        <translation>磁盘 读 %1 · 写 %2</translation>
    </message>
    <message>
        <source>Network %1 in · %2 out</source>
        <translation>网络 入 %1 · 出 %2</translation>
    </message>
    <message>
        <source>What runs isolated or limited here and is no instance of yours</source>
        <translation>在本机隔离或受限运行、但不是您的实例的内容</translation>
    </message>
    <message numerus="yes">
        <source>%n more that nobody registered</source>
        <translation>
            <numerusform>另有 %n 个未登记</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::pages::PairPicker</name>
    <message>
        <source>Instance on the left</source>
        <translation>左侧实例</translation>
    </message>
    <message>
        <source>Instance on the right</source>
        <translation>右侧实例</translation>
    </message>
    <message>
        <source>Swap sides</source>
        <translation>左右交换</translation>
    </message>
    <message>
        <source>This machine</source>
        <translation>本机</translation>
    </message>
</context>
<context>
    <name>diptych::pages::PathTree</name>
    <message>
        <source>Find a path</source>
        <translation>查找路径</translation>
    </message>
    <message>
        <source>Files of the layer</source>
        <translation>该层的文件</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>改动</translation>
    </message>
    <message numerus="yes">
        <source>%n added</source>
        <translation>
            <numerusform>新增 %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>修改 %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n deleted</source>
        <translation>
            <numerusform>删除 %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n path(s)</source>
        <translation>
            <numerusform>%n 个路径</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>找到 %n</numerusform>
        </translation>
    </message>
    <message>
        <source>more are coming …</source>
        <translation>还在读取…</translation>
    </message>
    <message>
        <source>and more</source>
        <translation>还有更多</translation>
    </message>
</context>
<context>
    <name>diptych::pages::PerformanceTab</name>
    <message>
        <source>Live limits</source>
        <translation>实时限额</translation>
    </message>
    <message>
        <source>take effect at once</source>
        <translation>立即生效</translation>
    </message>
    <message>
        <source>Performance</source>
        <translation>性能</translation>
    </message>
</context>
<context>
    <name>diptych::pages::PortsEditor</name>
    <message>
        <source>Add a port</source>
        <translation>添加端口</translation>
    </message>
    <message>
        <source>Make a port of this machine lead into the instance</source>
        <translation>让本机的一个端口通向实例</translation>
    </message>
    <message>
        <source>Port on this machine</source>
        <translation>本机端口</translation>
    </message>
    <message>
        <source>Port inside</source>
        <translation>内部端口</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>协议</translation>
    </message>
    <message>
        <source>Remove this port</source>
        <translation>移除此端口</translation>
    </message>
    <message>
        <source>on this machine →</source>
        <translation>（本机）→</translation>
    </message>
    <message>
        <source>inside</source>
        <translation>（内部）</translation>
    </message>
</context>
<context>
    <name>diptych::pages::PreviewCard</name>
    <message>
        <source>What will be written</source>
        <translation>将写入的内容</translation>
    </message>
    <message>
        <source>container</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>virtual machine</source>
        <translation>虚拟机</translation>
    </message>
    <message>
        <source>Whose configuration</source>
        <translation>谁的配置</translation>
    </message>
    <message>
        <source>domain XML</source>
        <translation>域 XML</translation>
    </message>
    <message>
        <source>Choose an image first.</source>
        <translation>请先选择镜像。</translation>
    </message>
</context>
<context>
    <name>diptych::pages::ProcessCard</name>
    <message>
        <source>One process, from all sides</source>
        <translation>一个进程的各个侧面</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Of it</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>inside %1</source>
        <translation>%1 内部</translation>
    </message>
    <message>
        <source>on the host</source>
        <translation>主机上</translation>
    </message>
</context>
<context>
    <name>diptych::pages::ProcessesTab</name>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>PID inside</source>
        <translation>内部 PID</translation>
    </message>
    <message>
        <source>PID on the host</source>
        <translation>宿主机 PID</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>CPU time</source>
        <translation>CPU 时间</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>%1 is %2: it has no processes.</source>
        <translation>%1 %2：没有进程。</translation>
    </message>
    <message numerus="yes">
        <source>%n process(es) inside. The host sees none of them: only QEMU.</source>
        <translation>
            <numerusform>内部有 %n 个进程。宿主机一个也看不到：只看到 QEMU。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n process(es). Each is a process of the host too, under another number.</source>
        <translation>
            <numerusform>%n 个进程。每个同时也是宿主机的进程，只是编号不同。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
</context>
<context>
    <name>diptych::pages::RecentCard</name>
    <message>
        <source>Activity</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>全部显示</translation>
    </message>
    <message>
        <source>Everything that was done on this machine</source>
        <translation>这台机器上做过的一切</translation>
    </message>
    <message>
        <source>Show all activity</source>
        <translation>显示全部活动</translation>
    </message>
    <message>
        <source>Nothing was done yet.</source>
        <translation>还没有任何活动。</translation>
    </message>
    <message>
        <source>d MMM</source>
        <comment>a date</comment>
        <translation>M月d日</translation>
    </message>
</context>
<context>
    <name>diptych::pages::ResourcesPanel</name>
    <message>
        <source>What the inside believes it has</source>
        <translation>内部以为自己拥有的</translation>
    </message>
    <message>
        <source>Charged by its control group</source>
        <translation>控制组的记账</translation>
    </message>
    <message>
        <source>Resident, shared pages by their share</source>
        <translation>驻留，共享页按份额计</translation>
    </message>
    <message>
        <source>What the guest&apos;s kernel does with it</source>
        <translation>客户机内核的用法</translation>
    </message>
    <message>
        <source>The same in figures</source>
        <translation>以数字表示</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Which limit binds</source>
        <translation>哪个限制起作用</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>限制</translation>
    </message>
    <message>
        <source>Where the memory is</source>
        <translation>内存在哪里</translation>
    </message>
    <message>
        <source>one scale; the parts of a bar add up to it</source>
        <translation>同一比例；各部分之和等于整条</translation>
    </message>
    <message>
        <source>limit %1</source>
        <translation>限制 %1</translation>
    </message>
</context>
<context>
    <name>diptych::pages::ResourcesTab</name>
    <message>
        <source>The inside could not be asked</source>
        <translation>无法向内部询问</translation>
    </message>
    <message>
        <source>There is nothing to measure</source>
        <translation>没有可测量的</translation>
    </message>
</context>
<context>
    <name>diptych::pages::SnapshotCard</name>
    <message>
        <source>Screen at that moment</source>
        <translation>那一刻的屏幕</translation>
    </message>
    <message>
        <source>disk and memory, in files of its own</source>
        <translation>磁盘和内存，存于独立文件</translation>
    </message>
    <message>
        <source>disk, in files of its own</source>
        <translation>磁盘，存于独立文件</translation>
    </message>
    <message>
        <source>disk and memory</source>
        <translation>磁盘和内存</translation>
    </message>
    <message>
        <source>disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>Fetching its screen …</source>
        <translation>正在获取屏幕…</translation>
    </message>
    <message>
        <source>It was off: there was nothing to see.</source>
        <translation>当时已关机：没有画面。</translation>
    </message>
    <message>
        <source>Its screen of that moment was not kept.</source>
        <translation>那一刻的屏幕未被保留。</translation>
    </message>
    <message>
        <source>Choose a snapshot to see its screen of that moment.</source>
        <translation>选择一个快照以查看那一刻的屏幕。</translation>
    </message>
</context>
<context>
    <name>diptych::pages::SnapshotsTab</name>
    <message>
        <source>New snapshot…</source>
        <translation>新建快照…</translation>
    </message>
    <message>
        <source>Revert…</source>
        <translation>恢复…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Clone…</source>
        <translation>克隆…</translation>
    </message>
    <message>
        <source>Snapshot</source>
        <translation>快照</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation>包含</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>快照</translation>
    </message>
    <message>
        <source>Asking libvirt …</source>
        <translation>正在询问 libvirt…</translation>
    </message>
    <message>
        <source>The snapshots are not known</source>
        <translation>无法得知快照</translation>
    </message>
    <message>
        <source>No snapshots</source>
        <translation>没有快照</translation>
    </message>
    <message>
        <source>A snapshot is a moment to come back to: the disk, and the memory when it runs.</source>
        <translation>快照是可以回到的时刻：磁盘，运行时还有内存。</translation>
    </message>
    <message>
        <source>None can be made: %1</source>
        <translation>无法创建：%1</translation>
    </message>
    <message>
        <source>You are here</source>
        <translation>你在这里</translation>
    </message>
    <message>
        <source>Choose a snapshot first</source>
        <translation>请先选择快照</translation>
    </message>
    <message>
        <source>Stop it first: its disks change while it runs</source>
        <translation>请先停止它：运行时其磁盘会变化</translation>
    </message>
    <message>
        <source>New snapshot of %1</source>
        <translation>为 %1 新建快照</translation>
    </message>
    <message>
        <source>Make it</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>It runs: the snapshot holds its memory too, and it stands still meanwhile.</source>
        <translation>它在运行：快照也包含内存，其间它会暂停。</translation>
    </message>
    <message>
        <source>It is off: the snapshot holds its disks.</source>
        <translation>它已关机：快照包含其磁盘。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>A snapshot needs a name.</source>
        <translation>快照需要名称。</translation>
    </message>
    <message>
        <source>Not made</source>
        <translation>没有创建</translation>
    </message>
    <message>
        <source>Revert %1 to %2</source>
        <translation>将 %1 恢复到 %2</translation>
    </message>
    <message>
        <source>Revert</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>What is on its disks now and what it does now is given up: make a snapshot of it first, if it may be needed.</source>
        <translation>其磁盘上的现有内容和当前运行将被放弃：如果可能需要，请先建快照。</translation>
    </message>
    <message>
        <source>It then runs on from that moment.</source>
        <translation>之后它从那一刻继续运行。</translation>
    </message>
    <message>
        <source>It is off then.</source>
        <translation>之后它是关机状态。</translation>
    </message>
    <message>
        <source>Not reverted</source>
        <translation>没有恢复</translation>
    </message>
    <message>
        <source>Delete the snapshot %1</source>
        <translation>删除快照 %1</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>The machine stays as it is now. Only the way back to that moment goes.</source>
        <translation>虚拟机保持现状，只是不能再回到那一刻。</translation>
    </message>
    <message>
        <source>Those made after it, below it in the tree, too</source>
        <translation>也删除其后创建的（树中位于其下的）快照</translation>
    </message>
    <message>
        <source>Not deleted</source>
        <translation>没有删除</translation>
    </message>
    <message>
        <source>Clone %1</source>
        <translation>克隆 %1</translation>
    </message>
    <message>
        <source>Clone</source>
        <translation>克隆</translation>
    </message>
    <message>
        <source>Full: every disk is copied</source>
        <translation>完整：复制每个磁盘</translation>
    </message>
    <message>
        <source>Linked: both write beside what there is now</source>
        <translation>链接：两者都在现有内容之外写入</translation>
    </message>
    <message>
        <source>How</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>A linked clone is there at once and takes no room at first. What the disks hold now becomes a base that is never written again and can&apos;t be deleted while one of the two needs it.</source>
        <translation>链接克隆立即完成，起初不占空间。磁盘现有内容成为基础，不再写入，只要两者之一需要就不能删除。</translation>
    </message>
    <message>
        <source>Not cloned</source>
        <translation>没有克隆</translation>
    </message>
    <message>
        <source>Copy disks…</source>
        <translation>复制磁盘…</translation>
    </message>
    <message>
        <source>Its disks as they are at one moment, into a storage pool, while it runs</source>
        <translation>在运行中把磁盘在同一时刻的内容复制到存储池</translation>
    </message>
    <message>
        <source>While it is off its volumes can be copied on the page Storage</source>
        <translation>关机时可在“存储”页复制其卷</translation>
    </message>
    <message>
        <source>Copy the disks of %1</source>
        <translation>复制 %1 的磁盘</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Freeze its file systems for the moment of the copy</source>
        <translation>在复制的时刻冻结文件系统</translation>
    </message>
    <message>
        <source>It runs on: every disk that it writes to is copied as it is at one moment.</source>
        <translation>它继续运行：所写的每块磁盘都按同一时刻的内容复制。</translation>
    </message>
    <message>
        <source>Into</source>
        <translation>复制到</translation>
    </message>
    <message>
        <source>As qcow2; they can be downloaded on the page Storage.</source>
        <translation>格式为 qcow2；可在“存储”页下载。</translation>
    </message>
    <message>
        <source>With a guest agent inside, the file systems are whole in the copy. Without one it is as after a power cut.</source>
        <translation>内部有客户机代理时，副本中的文件系统是完整的；没有则如同断电之后。</translation>
    </message>
    <message>
        <source>Not copied</source>
        <translation>未复制</translation>
    </message>
    <message>
        <source>Inside its disks</source>
        <translation>磁盘内部</translation>
    </message>
    <message>
        <source>In files of their own</source>
        <translation>单独的文件</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Not inside: %1</source>
        <translation>不能存入磁盘内部：%1</translation>
    </message>
    <message>
        <source>What is built upon its files takes over what it needs of them; that can take a while.</source>
        <translation>建立在其文件之上的磁盘会接管所需的数据，这可能需要一些时间。</translation>
    </message>
    <message>
        <source>With its memory</source>
        <translation>包含内存</translation>
    </message>
    <message>
        <source>It stands still while its memory is written beside its disks; then it goes on, and writes into new files. Going back, it runs on from this moment.</source>
        <translation>内存写到磁盘旁边期间它会暂停；之后继续运行，并写入新的文件。恢复后它从这一刻继续运行。</translation>
    </message>
    <message>
        <source>Only its disks: it goes on at once, and writes into new files beside them. Going back, it is off.</source>
        <translation>只包含磁盘：它立即继续运行，并写入旁边的新文件。恢复后它处于关机状态。</translation>
    </message>
    <message>
        <source>It runs: that ends first.</source>
        <translation>它正在运行：会先结束运行。</translation>
    </message>
    <message>
        <source>Another machine like this one</source>
        <translation>与此相同的另一台机器</translation>
    </message>
    <message>
        <source>Another machine like this one, as it is now or as a snapshot kept it</source>
        <translation>与此相同的另一台机器，按现在的样子或按某个快照</translation>
    </message>
    <message>
        <source>As it is now</source>
        <translation>按现在的样子</translation>
    </message>
    <message>
        <source>As %1 kept it</source>
        <translation>按快照 %1</translation>
    </message>
    <message>
        <source>Snapshots are cloned on their own machine only</source>
        <translation>快照只能在其所在的主机上克隆</translation>
    </message>
    <message>
        <source>Stop it first: it writes to the disk that this snapshot is in</source>
        <translation>请先停止：它正在写入此快照所在的磁盘</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Linked: it writes beside what the snapshot kept</source>
        <translation>链接：写在快照所存内容之外</translation>
    </message>
    <message>
        <source>Its disks and its hardware of that moment, not its memory: the clone starts as after a power cut.</source>
        <translation>那一刻的磁盘和硬件，不含内存：克隆启动时如同断电之后。</translation>
    </message>
    <message>
        <source>This snapshot is inside the disk, where nothing can be built upon it.</source>
        <translation>此快照在磁盘内部，无法在其上建立链接。</translation>
    </message>
    <message>
        <source>A linked clone is there at once and takes no room at first. The snapshot can&apos;t be deleted while the clone needs it.</source>
        <translation>链接克隆立即完成，起初不占空间。克隆需要该快照期间，快照不能删除。</translation>
    </message>
</context>
<context>
    <name>diptych::pages::StatedPage</name>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>New instance</source>
        <translation>新建实例</translation>
    </message>
</context>
<context>
    <name>diptych::pages::StoragePage</name>
    <message>
        <source>Storage</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查看</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Start with the host</source>
        <translation>随主机启动</translation>
    </message>
    <message>
        <source>Don&apos;t start with the host</source>
        <translation>不随主机启动</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>New machine from it…</source>
        <translation>用它新建虚拟机…</translation>
    </message>
    <message>
        <source>Grow…</source>
        <translation>扩大…</translation>
    </message>
    <message>
        <source>Copy…</source>
        <translation>复制…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Pool</source>
        <translation>池</translation>
    </message>
    <message>
        <source>What can be done with the chosen pool</source>
        <translation>对所选池可做的操作</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>卷</translation>
    </message>
    <message>
        <source>What can be done with the chosen volume</source>
        <translation>对所选卷可做的操作</translation>
    </message>
    <message>
        <source>New volume…</source>
        <translation>新建卷…</translation>
    </message>
    <message>
        <source>Upload…</source>
        <translation>上传…</translation>
    </message>
    <message>
        <source>An ISO or a disk image of this computer</source>
        <translation>本计算机上的 ISO 或磁盘映像</translation>
    </message>
    <message>
        <source>New pool…</source>
        <translation>新建池…</translation>
    </message>
    <message>
        <source>A directory for disks of virtual machines</source>
        <translation>存放虚拟机磁盘的目录</translation>
    </message>
    <message>
        <source>Disks and media of virtual machines, as libvirt has them</source>
        <translation>libvirt 中虚拟机的磁盘和介质</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Storage pools</source>
        <translation>存储池</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>On disk</source>
        <translation>占用</translation>
    </message>
    <message>
        <source>Needed by</source>
        <translation>使用者</translation>
    </message>
    <message>
        <source>Volumes</source>
        <translation>卷</translation>
    </message>
    <message>
        <source>Asking libvirt …</source>
        <translation>正在询问 libvirt…</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>The storage pools are not known</source>
        <translation>无法得知存储池</translation>
    </message>
    <message>
        <source>No storage pools</source>
        <translation>没有存储池</translation>
    </message>
    <message>
        <source>A pool is a directory (or a volume group, a server …) that libvirt keeps disks in.</source>
        <translation>池是 libvirt 存放磁盘的目录（或卷组、服务器等）。</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>The volumes are not known</source>
        <translation>无法得知卷</translation>
    </message>
    <message>
        <source>The pool is stopped: start it first</source>
        <translation>池已停止：请先启动它</translation>
    </message>
    <message>
        <source>Choose a volume first</source>
        <translation>请先选择卷</translation>
    </message>
    <message>
        <source>%1, %2, %3 of %4 free%5</source>
        <translation>%1，%2，%4 中 %3 可用%5</translation>
    </message>
    <message>
        <source>, starts with the host</source>
        <translation>，随主机启动</translation>
    </message>
    <message>
        <source>Not changed</source>
        <translation>没有更改</translation>
    </message>
    <message>
        <source> GiB</source>
        <translation> GiB</translation>
    </message>
    <message>
        <source>Make it</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Not made</source>
        <translation>没有创建</translation>
    </message>
    <message>
        <source>Remove the pool %1</source>
        <translation>移除池 %1</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>libvirt forgets it. What is in it stays: %1</source>
        <translation>libvirt 不再记得它，其中内容保留：%1</translation>
    </message>
    <message>
        <source>Not removed</source>
        <translation>没有移除</translation>
    </message>
    <message>
        <source>New volume in %1</source>
        <translation>在 %1 中新建卷</translation>
    </message>
    <message>
        <source>%1 are free in this pool.</source>
        <translation>此池中有 %1 可用。</translation>
    </message>
    <message>
        <source>qcow2 grows as it is written and can hold snapshots.</source>
        <translation>qcow2 随写入增长，可以包含快照。</translation>
    </message>
    <message>
        <source>Grow %1</source>
        <translation>扩大 %1</translation>
    </message>
    <message>
        <source>Grow</source>
        <translation>扩大</translation>
    </message>
    <message>
        <source>It has %1. A volume grows, it never shrinks.</source>
        <translation>现有 %1。卷只能扩大，不能缩小。</translation>
    </message>
    <message>
        <source>New size</source>
        <translation>新大小</translation>
    </message>
    <message>
        <source>Copy %1</source>
        <translation>复制 %1</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Not copied</source>
        <translation>没有复制</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>删除 %1</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>The file and all that is in it is deleted: %1</source>
        <translation>文件及其全部内容将被删除：%1</translation>
    </message>
    <message>
        <source>It can&apos;t be deleted: it is needed by %1.</source>
        <translation>无法删除：%1 需要它。</translation>
    </message>
    <message>
        <source>Not deleted</source>
        <translation>没有删除</translation>
    </message>
    <message>
        <source>Upload into %1</source>
        <translation>上传到 %1</translation>
    </message>
    <message>
        <source>Disks and media (*.iso *.img *.qcow2 *.raw *.vmdk *.vdi);;All files (*)</source>
        <translation>磁盘和介质 (*.iso *.img *.qcow2 *.raw *.vmdk *.vdi);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Not uploaded</source>
        <translation>没有上传</translation>
    </message>
    <message>
        <source>Download…</source>
        <translation>下载…</translation>
    </message>
    <message>
        <source>Keep %1</source>
        <translation>保存 %1</translation>
    </message>
    <message>
        <source>Disks and media (*.iso *.img *.qcow2 *.raw)</source>
        <translation>磁盘和介质 (*.iso *.img *.qcow2 *.raw)</translation>
    </message>
    <message>
        <source>Destroy the volume group…</source>
        <translation>销毁卷组…</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>转到</translation>
    </message>
    <message>
        <source>Choose a pool first</source>
        <translation>请先选择存储池</translation>
    </message>
    <message>
        <source>Only a volume group can be destroyed as a whole</source>
        <translation>只有卷组可以整体销毁</translation>
    </message>
    <message>
        <source>It is stopped</source>
        <translation>它已停止</translation>
    </message>
    <message>
        <source>It is started</source>
        <translation>它已启动</translation>
    </message>
    <message>
        <source>It starts with the host</source>
        <translation>它随主机启动</translation>
    </message>
    <message>
        <source>It does not start with the host</source>
        <translation>它不随主机启动</translation>
    </message>
    <message>
        <source>%1, %2, stopped%3</source>
        <translation>%1，%2，已停止%3</translation>
    </message>
    <message>
        <source>Nobody needs it</source>
        <translation>没有人需要它</translation>
    </message>
    <message>
        <source>Who needs it</source>
        <translation>谁需要它</translation>
    </message>
    <message>
        <source>%1 is not among the instances</source>
        <translation>%1 不在实例之中</translation>
    </message>
    <message>
        <source>Destroy the volume group %1</source>
        <translation>销毁卷组 %1</translation>
    </message>
    <message>
        <source>Destroy</source>
        <translation>销毁</translation>
    </message>
    <message numerus="yes">
        <source>The group and all of its %n volumes are deleted from the disks of the helper&apos;s machine, also those that libvirt did not make. Nobody can bring them back.</source>
        <translation>
            <numerusform>该卷组及其全部 %n 个卷都会从助手所在机器的磁盘上删除，包括不是由 libvirt 创建的卷。无法找回。</numerusform>
        </translation>
    </message>
    <message>
        <source>Its name</source>
        <translation>它的名称</translation>
    </message>
    <message>
        <source>Type %1 to say that you mean it.</source>
        <translation>输入 %1 以确认。</translation>
    </message>
    <message>
        <source>Type its name first.</source>
        <translation>请先输入它的名称。</translation>
    </message>
    <message>
        <source>Not destroyed</source>
        <translation>未销毁</translation>
    </message>
    <message>
        <source>A block device: all of its size is taken at once.</source>
        <translation>块设备：一次占用全部大小。</translation>
    </message>
    <message>
        <source>The partition table gives it its name.</source>
        <translation>名称由分区表给出。</translation>
    </message>
    <message>
        <source>Only %1 are free in this pool.</source>
        <translation>此存储池仅剩 %1 可用。</translation>
    </message>
    <message>
        <source>XML…</source>
        <translation>XML…</translation>
    </message>
</context>
<context>
    <name>diptych::pages::SummaryTab</name>
    <message>
        <source>What it is</source>
        <translation>基本情况</translation>
    </message>
    <message>
        <source>How it runs</source>
        <translation>运行情况</translation>
    </message>
    <message>
        <source>Last start</source>
        <translation>上次启动</translation>
    </message>
    <message>
        <source>measured step by step</source>
        <translation>逐步实测</translation>
    </message>
    <message>
        <source>Timeline of the last start</source>
        <translation>上次启动的时间线</translation>
    </message>
    <message>
        <source>It is broken</source>
        <translation>它已损坏</translation>
    </message>
    <message>
        <source>The last start failed</source>
        <translation>上次启动失败</translation>
    </message>
    <message>
        <source>no start was measured</source>
        <translation>没有测量过启动</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>none: it has disks of its own</source>
        <translation>无：它有自己的磁盘</translation>
    </message>
    <message>
        <source>Twin</source>
        <translation>孪生</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>the image&apos;s</source>
        <translation>镜像自带的</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>限额</translation>
    </message>
    <message>
        <source>%1 · %2 memory · %3 processes</source>
        <translation>%1 · 内存 %2 · 进程数 %3</translation>
    </message>
    <message>
        <source>any number of</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建于</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>标识</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>启动于</translation>
    </message>
    <message>
        <source>%1, in %2</source>
        <translation>%1，用时 %2</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>结束于</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>ran out; the kernel killed a process</source>
        <translation>曾耗尽；内核结束了一个进程</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>MAC address</source>
        <translation>MAC 地址</translation>
    </message>
    <message>
        <source>QEMU&apos;s PID on the host</source>
        <translation>QEMU 在宿主机上的 PID</translation>
    </message>
    <message>
        <source>PID 1 of it, on the host</source>
        <translation>其 PID 1 在宿主机上</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>Shared with the host</source>
        <translation>与宿主机共享</translation>
    </message>
    <message>
        <source>Control group</source>
        <translation>控制组</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>概要</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Installation</source>
        <translation>安装</translation>
    </message>
    <message>
        <source>has not ended: it begins anew with the next start</source>
        <translation>尚未结束：下次启动时重新开始</translation>
    </message>
    <message>
        <source>runs; when it ends the machine starts from its disk</source>
        <translation>正在进行；结束后虚拟机从其磁盘启动</translation>
    </message>
</context>
<context>
    <name>diptych::pages::TerminalTab</name>
    <message>
        <source>New shell</source>
        <translation>新建 shell</translation>
    </message>
    <message>
        <source>Start another shell inside</source>
        <translation>在内部再启动一个 shell</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>终端</translation>
    </message>
    <message>
        <source>Terminal sessions</source>
        <translation>终端会话</translation>
    </message>
    <message>
        <source>Sessions that run inside; they go on when nobody looks</source>
        <translation>在内部运行的会话；无人查看时也会继续</translation>
    </message>
    <message>
        <source>The helper can&apos;t be reached; the session goes on and is attached again by itself.</source>
        <translation>无法连接助手程序；会话仍在继续，稍后会自动重新接上。</translation>
    </message>
    <message>
        <source>disconnected</source>
        <translation>已断开</translation>
    </message>
    <message>
        <source>%1, since %2</source>
        <translation>%1，始于 %2</translation>
    </message>
    <message>
        <source>attaching …</source>
        <translation>正在接入…</translation>
    </message>
    <message>
        <source>Serial console. Leaving this tab does not end anything.</source>
        <translation>串口控制台。离开此标签页不会结束任何东西。</translation>
    </message>
    <message>
        <source>A shell inside. It goes on when you leave this tab.</source>
        <translation>内部的 shell。离开此标签页后它会继续运行。</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>The shell has ended.</source>
        <translation>shell 已结束。</translation>
    </message>
    <message>
        <source>detached</source>
        <translation>已脱离</translation>
    </message>
    <message>
        <source>The connection was closed; trying again.</source>
        <translation>连接已关闭；正在重试。</translation>
    </message>
</context>
<context>
    <name>diptych::pages::TextTab</name>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>It has printed nothing yet.</source>
        <translation>它还没有输出任何内容。</translation>
    </message>
    <message>
        <source>What it printed last, newest at the bottom</source>
        <translation>最近的输出，最新的在最下面</translation>
    </message>
    <message>
        <source>The domain&apos;s XML, as libvirt has it</source>
        <translation>libvirt 中该域的 XML</translation>
    </message>
    <message>
        <source>config.json, as the runtime reads it</source>
        <translation>运行时所读取的 config.json</translation>
    </message>
</context>
<context>
    <name>diptych::pages::TextView</name>
    <message>
        <source>Find in the text</source>
        <translation>在文本中查找</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>全部复制</translation>
    </message>
</context>
<context>
    <name>diptych::pages::TimeCharts</name>
    <message>
        <source>%1 at %2: %3</source>
        <translation>%1 在 %2：%3</translation>
    </message>
    <message>
        <source>Save the chart</source>
        <translation>保存图表</translation>
    </message>
    <message>
        <source>Table of numbers (*.csv)</source>
        <translation>数据表 (*.csv)</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <source>Chart saved in %1</source>
        <translation>图表已保存到 %1</translation>
    </message>
    <message>
        <source>The chart could not be saved in %1</source>
        <translation>无法将图表保存到 %1</translation>
    </message>
</context>
<context>
    <name>diptych::pages::TimeStrip</name>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h</source>
        <translation>
            <numerusform>%n 小时</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n d</source>
        <translation>
            <numerusform>%n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>Back to now</source>
        <translation>回到现在</translation>
    </message>
    <message>
        <source>Show the present again (End)</source>
        <translation>重新显示当前（End）</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>显示 %1</translation>
    </message>
    <message>
        <source>As it was at</source>
        <translation>回看时刻</translation>
    </message>
    <message>
        <source>Goes to this moment and reads its values</source>
        <translation>转到这一时刻并读取当时的数值</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>The charts stand still; measuring goes on</source>
        <translation>图表静止，测量继续进行</translation>
    </message>
    <message>
        <source>Follow the present</source>
        <translation>跟随当前</translation>
    </message>
    <message numerus="yes">
        <source>%n s</source>
        <translation>
            <numerusform>%n 秒</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::pages::TrafficCard</name>
    <message>
        <source>Traffic through the wall</source>
        <translation>穿过墙的流量</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>计数</translation>
    </message>
    <message>
        <source>While it counts, every system call of this machine takes a little longer</source>
        <translation>计数期间，本机每个系统调用会稍慢一些</translation>
    </message>
    <message>
        <source>a second, by kind</source>
        <translation>每秒，按种类</translation>
    </message>
    <message>
        <source>How the traffic is counted</source>
        <translation>流量如何计数</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>计数</translation>
    </message>
    <message>
        <source>Stop counting</source>
        <translation>停止计数</translation>
    </message>
    <message>
        <source>System calls</source>
        <translation>系统调用</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>VM exits</source>
        <translation>虚拟机退出</translation>
    </message>
    <message>
        <source>Counting …</source>
        <translation>正在计数…</translation>
    </message>
    <message>
        <source>A container&apos;s system calls go to this machine&apos;s kernel; a virtual machine&apos;s stay with its own, and only QEMU&apos;s reach this one.</source>
        <translation>容器的系统调用进入本机的内核；虚拟机的留在它自己的内核中，只有 QEMU 的才到达本机。</translation>
    </message>
    <message numerus="yes">
        <source>%n other kind(s)</source>
        <translation>
            <numerusform>其他 %n 种</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::pages::WallsTab</name>
    <message>
        <source>Walls of a throw-away copy</source>
        <translation>一次性副本的墙</translation>
    </message>
    <message>
        <source>Take down</source>
        <translation>拆掉</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>复原</translation>
    </message>
    <message>
        <source>End and remove the copy</source>
        <translation>结束并删除副本</translation>
    </message>
    <message>
        <source>Attempt</source>
        <translation>尝试</translation>
    </message>
    <message>
        <source>With all walls</source>
        <translation>全部墙都在</translation>
    </message>
    <message>
        <source>Without</source>
        <translation>拆掉之后</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>证据</translation>
    </message>
    <message>
        <source>What is possible with and without these walls</source>
        <translation>有墙和没有墙时各能做什么</translation>
    </message>
    <message>
        <source>The walls are not known</source>
        <translation>无法得知有哪些墙</translation>
    </message>
    <message>
        <source>The helper can&apos;t be reached.</source>
        <translation>无法连接到助手。</translation>
    </message>
    <message>
        <source>The copy is being made.</source>
        <translation>正在创建副本。</translation>
    </message>
    <message>
        <source>Choose a wall first.</source>
        <translation>请先选择一面墙。</translation>
    </message>
    <message>
        <source>Trying …</source>
        <translation>正在尝试…</translation>
    </message>
    <message numerus="yes">
        <source>Take %n wall(s) down</source>
        <translation>
            <numerusform>拆掉 %n 面墙</numerusform>
        </translation>
    </message>
    <message>
        <source>Make a copy without them and try what that allows; asks for an administrator</source>
        <translation>创建没有这些墙的副本，并尝试它允许什么；需要管理员认证</translation>
    </message>
    <message>
        <source>The wall was not taken down</source>
        <translation>墙没有拆掉</translation>
    </message>
    <message>
        <source>The copy is still there</source>
        <translation>副本仍然存在</translation>
    </message>
    <message>
        <source>Which wall holds what back?</source>
        <translation>哪面墙挡住了什么？</translation>
    </message>
    <message>
        <source>Choose a wall and take it down: in a copy with all walls and in one without it the same things are tried, and what differs is what the wall does.</source>
        <translation>选择一面墙并拆掉它：在保留全部墙的副本和没有这面墙的副本中做同样的尝试，差别就是这面墙的作用。</translation>
    </message>
    <message>
        <source>The copy has its image, limits and walls but these, no ports, and runs none of its programs: only harmless attempts. It goes by itself after ten minutes.</source>
        <translation>副本使用它的镜像、限额和其余的墙，没有端口，也不运行它的程序：只做无害的尝试。十分钟后自动消失。</translation>
    </message>
    <message>
        <source>Nothing became possible: the other walls hold it back as well.</source>
        <translation>没有新的可能：其他墙同样挡得住。</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) became possible, none reaches this machine.</source>
        <translation>
            <numerusform>有 %n 件事变得可能，均未触及本机。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) became possible, of which reach this machine: %1.</source>
        <translation>
            <numerusform>有 %n 件事变得可能，其中触及本机的有 %1 件。</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Down: %1. The copy is process %2 and goes at %3 by itself.</source>
        <translation>已拆掉：%1。副本是进程 %2，将在 %3 自动消失。</translation>
    </message>
    <message>
        <source>Put back. What was down: %1.</source>
        <translation>已复原。曾拆掉：%1。</translation>
    </message>
    <message numerus="yes">
        <source>There are further copies of it: %n.</source>
        <translation>
            <numerusform>它还有 %n 个副本。</numerusform>
        </translation>
    </message>
    <message>
        <source>Became possible</source>
        <translation>变得可能</translation>
    </message>
    <message>
        <source>No longer possible</source>
        <translation>不再可能</translation>
    </message>
    <message>
        <source>Possible with and without</source>
        <translation>有墙没墙都可能</translation>
    </message>
    <message>
        <source>Impossible with and without</source>
        <translation>有墙没墙都不可能</translation>
    </message>
    <message>
        <source>%1
Nothing happens when it succeeds: %2</source>
        <translation>%1
成功时也不会发生任何事：%2</translation>
    </message>
    <message>
        <source>These stay</source>
        <translation>保留的墙</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a wall, why it can&apos;t be taken down</comment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>diptych::pages::Watch</name>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>diptych::pages::WiringPanel</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Network wiring</source>
        <translation>网络布线</translation>
    </message>
    <message>
        <source>Boxes, bridges and cables; the list below says the same in words.</source>
        <translation>方框、网桥和线缆；下方列表用文字说明同样的内容。</translation>
    </message>
    <message>
        <source>Network interfaces</source>
        <translation>网络接口</translation>
    </message>
    <message>
        <source>How this interface is known</source>
        <translation>如何得知此接口</translation>
    </message>
    <message>
        <source>Of it</source>
        <translation>关于它</translation>
    </message>
    <message>
        <source>on the host</source>
        <translation>在宿主机上</translation>
    </message>
    <message>
        <source>The wiring is not known</source>
        <translation>布线未知</translation>
    </message>
    <message>
        <source>Looking into every network namespace …</source>
        <translation>正在查看每个网络命名空间…</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>打开 %1</translation>
    </message>
    <message>
        <source>Show it among the instances</source>
        <translation>在实例中显示</translation>
    </message>
    <message>
        <source>This interface is the machine&apos;s own.</source>
        <translation>此接口属于本机自己。</translation>
    </message>
</context>
<context>
    <name>diptych::pages::WorkList</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 项</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::pages::XmlEditor</name>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Go back to what libvirt has</source>
        <translation>回到 libvirt 中的内容</translation>
    </message>
    <message>
        <source>Review changes…</source>
        <translation>查看更改…</translation>
    </message>
    <message>
        <source>At next start</source>
        <translation>下次启动时</translation>
    </message>
    <message>
        <source>As it is now</source>
        <translation>当前状态</translation>
    </message>
    <message>
        <source>Which of the two</source>
        <translation>选择哪一份</translation>
    </message>
    <message>
        <source>The XML</source>
        <translation>XML</translation>
    </message>
    <message>
        <source>Find in the text</source>
        <translation>在文本中查找</translation>
    </message>
    <message>
        <source>The XML is not known</source>
        <translation>无法得到 XML</translation>
    </message>
    <message>
        <source>It was changed elsewhere meanwhile</source>
        <translation>其间它在别处被更改</translation>
    </message>
    <message>
        <source>What you review now is compared with that. Discard shows it.</source>
        <translation>现在查看的更改是与它比较的。“放弃”会显示它。</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>第 %1 行：%2</translation>
    </message>
    <message>
        <source>See what changes, then save (checked against libvirt&apos;s schema)</source>
        <translation>查看更改后保存（按 libvirt 的模式检查）</translation>
    </message>
    <message>
        <source>It is stopped: nothing runs.</source>
        <translation>它已停止，没有运行。</translation>
    </message>
    <message>
        <source>What there is now; for reading</source>
        <translation>当前的内容，只读</translation>
    </message>
    <message>
        <source>It is gone once it is stopped: it has no next start.</source>
        <translation>停止后它就消失，没有下次启动。</translation>
    </message>
    <message>
        <source>Edited, not saved</source>
        <translation>已编辑，未保存</translation>
    </message>
    <message>
        <source>What libvirt starts it with next; can be edited</source>
        <translation>libvirt 下次启动时使用，可编辑</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>It applies at the next start.</source>
        <translation>下次启动时生效。</translation>
    </message>
</context>
<context>
    <name>diptych::pages::XmlWindow</name>
    <message>
        <source>XML of %1</source>
        <translation>%1 的 XML</translation>
    </message>
    <message>
        <source>Close without saving?</source>
        <translation>不保存就关闭？</translation>
    </message>
    <message>
        <source>Discard the changes</source>
        <translation>放弃更改</translation>
    </message>
    <message>
        <source>What you wrote here is lost.</source>
        <translation>您在此处所写的内容会丢失。</translation>
    </message>
</context>
<context>
    <name>diptych::shell::CommandPalette</name>
    <message>
        <source>Nothing has these words.</source>
        <translation>没有符合这些词的内容。</translation>
    </message>
    <message>
        <source>Go to, or do</source>
        <translation>前往或执行</translation>
    </message>
    <message>
        <source>Type a page, an instance, or what to do with it</source>
        <translation>输入页面、实例或要执行的操作</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>找到的内容</translation>
    </message>
</context>
<context>
    <name>diptych::shell::ConnectionBanner</name>
    <message>
        <source>Connecting to %1…</source>
        <translation>正在连接 %1…</translation>
    </message>
    <message>
        <source>Disconnected. What you see is how it was.</source>
        <translation>已断开。您看到的是断开前的状态。</translation>
    </message>
    <message>
        <source>Not connected to a helper.</source>
        <translation>未连接到助手程序。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Another host…</source>
        <translation>其他主机…</translation>
    </message>
</context>
<context>
    <name>diptych::shell::HelperStatus</name>
    <message>
        <source>Helper</source>
        <translation>助手程序</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel what is going on</source>
        <translation>取消正在进行的工作</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>Helper: %1</source>
        <translation>助手程序：%1</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1，另有 %n 项</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>diptych::shell::HostCard</name>
    <message>
        <source>Choose the host to look at</source>
        <translation>选择要查看的主机</translation>
    </message>
    <message>
        <source>This machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>local</source>
        <translation>本地</translation>
    </message>
    <message>
        <source>no VMs</source>
        <translation>无虚拟机</translation>
    </message>
    <message>
        <source>kernel %1</source>
        <translation>内核 %1</translation>
    </message>
    <message>
        <source>Host %1, %2</source>
        <translation>主机 %1，%2</translation>
    </message>
    <message>
        <source>Connect to another host…</source>
        <translation>连接其他主机…</translation>
    </message>
</context>
<context>
    <name>diptych::shell::MainWindow</name>
    <message>
        <source>New instance</source>
        <translation>新建实例</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Connect to another host</source>
        <translation>连接到另一台主机</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>任何位置</translation>
    </message>
    <message>
        <source>Search on this page</source>
        <translation>在本页中搜索</translation>
    </message>
    <message>
        <source>Ask again for what is shown</source>
        <translation>重新获取显示的内容</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>On an instance</source>
        <translation>在实例上</translation>
    </message>
    <message>
        <source>Find anything by its name</source>
        <translation>按名称查找任何内容</translation>
    </message>
    <message>
        <source>On an image</source>
        <translation>对镜像</translation>
    </message>
    <message>
        <source>Host history: the last 30 days</source>
        <translation>主机历史：最近 30 天</translation>
    </message>
    <message>
        <source>Libvirt connections</source>
        <translation>Libvirt 连接</translation>
    </message>
</context>
<context>
    <name>diptych::shell::Sidebar</name>
    <message>
        <source>Settings (Ctrl+,)</source>
        <translation>设置（Ctrl+,）</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Instances</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>HISTORY</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>%1 (Ctrl+%2)</source>
        <translation>%1（Ctrl+%2）</translation>
    </message>
    <message>
        <source>RESOURCES</source>
        <translation>资源</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>Control groups</source>
        <translation>控制组</translation>
    </message>
    <message>
        <source>Namespaces</source>
        <translation>命名空间</translation>
    </message>
</context>
<context>
    <name>diptych::widgets</name>
    <message>
        <source>container</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>virtual machine</source>
        <translation>虚拟机</translation>
    </message>
    <message>
        <source>VM</source>
        <translation>虚拟机</translation>
    </message>
    <message>
        <source>creating</source>
        <translation>正在创建</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>broken</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>1 of 4: shared with the host</source>
        <translation>1/4：与宿主机共享</translation>
    </message>
    <message>
        <source>2 of 4: the host&apos;s, behind a namespace, a limit or a filter</source>
        <translation>2/4：宿主机的，隔着命名空间、限额或过滤器</translation>
    </message>
    <message>
        <source>3 of 4: emulated by a process of the host</source>
        <translation>3/4：由宿主机的进程模拟</translation>
    </message>
    <message>
        <source>4 of 4: its own, behind hardware</source>
        <translation>4/4：自己的，位于硬件之后</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未测量</translation>
    </message>
</context>
<context>
    <name>diptych::widgets::Banner</name>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>diptych::widgets::DiptychPicture</name>
    <message>
        <source>PID %1 inside</source>
        <translation>内部 PID %1</translation>
    </message>
    <message>
        <source>PID inside unknown</source>
        <translation>内部 PID 未知</translation>
    </message>
    <message>
        <source>PID %1 on host</source>
        <translation>宿主机 PID %1</translation>
    </message>
    <message>
        <source>no PID on host</source>
        <translation>宿主机上无 PID</translation>
    </message>
    <message>
        <source>+%1 more</source>
        <translation>还有 %1 个</translation>
    </message>
    <message>
        <source>no process seen</source>
        <translation>没有看到进程</translation>
    </message>
    <message>
        <source>Guest kernel, not measured</source>
        <translation>客户机内核，未测量</translation>
    </message>
    <message>
        <source>Guest kernel %1</source>
        <translation>客户机内核 %1</translation>
    </message>
    <message>
        <source>A kernel of its own: %1. </source>
        <translation>有自己的内核：%1。</translation>
    </message>
    <message>
        <source>Stands on the host&apos;s kernel %1. </source>
        <translation>运行在宿主机内核 %1 上。</translation>
    </message>
    <message>
        <source>%1: PID %2 inside, PID %3 on the host. </source>
        <translation>%1：内部 PID %2，宿主机 PID %3。</translation>
    </message>
    <message>
        <source>%1: PID %2 inside, none on the host. </source>
        <translation>%1：内部 PID %2，宿主机上没有。</translation>
    </message>
    <message>
        <source>Both instances on this machine</source>
        <translation>这台机器上的两个实例</translation>
    </message>
    <message>
        <source>Host kernel %1, %2. Hardware: %3.</source>
        <translation>宿主机内核 %1，%2。硬件：%3。</translation>
    </message>
    <message>
        <source>Hardware</source>
        <translation>硬件</translation>
    </message>
    <message>
        <source>Host kernel %1</source>
        <translation>宿主机内核 %1</translation>
    </message>
</context>
<context>
    <name>diptych::widgets::DisplayView</name>
    <message>
        <source>Display</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Keys go to the machine. Ctrl and Alt together give them back.</source>
        <translation>按键送入虚拟机。同时按 Ctrl 和 Alt 交还键盘。</translation>
    </message>
</context>
<context>
    <name>diptych::widgets::EmptyState</name>
    <message>
        <source>Loading</source>
        <translation>正在加载</translation>
    </message>
</context>
<context>
    <name>diptych::widgets::EvidenceTable</name>
    <message>
        <source>What is isolated, and how we know</source>
        <translation>隔离了什么，以及依据</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未测量</translation>
    </message>
    <message>
        <source>how we know</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Source: %1</source>
        <translation>来源：%1</translation>
    </message>
    <message>
        <source>Ctrl+C copies the command</source>
        <translation>Ctrl+C 复制命令</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Copy the sentence</source>
        <translation>复制语句</translation>
    </message>
    <message>
        <source>Copy the table</source>
        <translation>复制表格</translation>
    </message>
    <message>
        <source>Show all evidence</source>
        <translation>显示全部证据</translation>
    </message>
    <message>
        <source>Hide all evidence</source>
        <translation>隐藏全部证据</translation>
    </message>
    <message>
        <source>Resource</source>
        <translation>资源</translation>
    </message>
</context>
<context>
    <name>diptych::widgets::LayerMap</name>
    <message>
        <source>Layers and who shares them</source>
        <translation>层及其共享者</translation>
    </message>
</context>
<context>
    <name>diptych::widgets::LimitSlider</name>
    <message>
        <source>no limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>%1 core</source>
        <extracomment>%L1 is a number that may have a fraction: &quot;1.5 cores&quot;</extracomment>
        <translation>%1 核</translation>
    </message>
    <message>
        <source>%1 cores</source>
        <translation>%1 核</translation>
    </message>
    <message>
        <source> GiB</source>
        <translation> GiB</translation>
    </message>
    <message>
        <source> MiB</source>
        <translation> MiB</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/秒</translation>
    </message>
</context>
<context>
    <name>diptych::widgets::LineChart</name>
    <message>
        <source>−%1 s</source>
        <translation>−%1 秒</translation>
    </message>
    <message>
        <source>−%1 min</source>
        <translation>−%1 分钟</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>limit</source>
        <translation>限额</translation>
    </message>
    <message>
        <source>limit, both</source>
        <translation>限额，两侧</translation>
    </message>
    <message>
        <source>limit, %1</source>
        <translation>限额，%1</translation>
    </message>
    <message numerus="yes">
        <source>%n s ago</source>
        <translation>
            <numerusform>%n 秒前</numerusform>
        </translation>
    </message>
    <message>
        <source>Show as table (Ctrl+T)</source>
        <translation>以表格显示（Ctrl+T）</translation>
    </message>
    <message>
        <source>Show as table</source>
        <translation>以表格显示</translation>
    </message>
    <message>
        <source>%1, as a table</source>
        <translation>%1，表格形式</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>复制为文本</translation>
    </message>
    <message>
        <source>Save as CSV or picture…</source>
        <translation>保存为 CSV 或图片…</translation>
    </message>
    <message>
        <source>d MMM</source>
        <comment>a date on a time axis</comment>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>%1 (max %2)</source>
        <translation>%1（最高 %2）</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>发生的事件</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Back to now</source>
        <translation>回到现在</translation>
    </message>
</context>
<context>
    <name>diptych::widgets::MachineMap</name>
    <message>
        <source>The machine and what stands on it</source>
        <translation>这台机器及其上的实例</translation>
    </message>
    <message>
        <source> and %1 more</source>
        <translation>，另有 %1 个</translation>
    </message>
    <message>
        <source>Nothing stands on this kernel yet</source>
        <translation>这个内核上还没有实例</translation>
    </message>
    <message>
        <source>more containers</source>
        <translation>更多容器</translation>
    </message>
    <message>
        <source>more machines</source>
        <translation>更多虚拟机</translation>
    </message>
    <message>
        <source>CPU pressure</source>
        <translation>CPU 压力</translation>
    </message>
    <message>
        <source>Memory pressure</source>
        <translation>内存压力</translation>
    </message>
    <message>
        <source>IO pressure</source>
        <translation>IO 压力</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Host kernel %1</source>
        <translation>宿主机内核 %1</translation>
    </message>
    <message>
        <source>HARDWARE</source>
        <translation>硬件</translation>
    </message>
    <message>
        <source>cpu %1</source>
        <translation>cpu %1</translation>
    </message>
    <message>
        <source>The hardware, now and in the last 30 days</source>
        <translation>硬件：当前及最近 30 天</translation>
    </message>
    <message>
        <source>History ›</source>
        <translation>历史 ›</translation>
    </message>
</context>
<context>
    <name>diptych::widgets::TerminalSearch</name>
    <message>
        <source>Search in the terminal</source>
        <translation>在终端中搜索</translation>
    </message>
    <message>
        <source>Search screen and scrollback</source>
        <translation>搜索屏幕和回滚内容</translation>
    </message>
    <message>
        <source>Older (Enter)</source>
        <translation>更早（Enter）</translation>
    </message>
    <message>
        <source>Newer (Shift+Enter)</source>
        <translation>更新（Shift+Enter）</translation>
    </message>
    <message>
        <source>Close (Escape)</source>
        <translation>关闭（Esc）</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>未找到</translation>
    </message>
</context>
<context>
    <name>diptych::widgets::TerminalView</name>
    <message>
        <source>Terminal</source>
        <translation>终端</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>放大文字</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>缩小文字</translation>
    </message>
    <message>
        <source>Normal text</source>
        <translation>正常大小</translation>
    </message>
    <message>
        <source>Search…</source>
        <translation>搜索…</translation>
    </message>
</context>
<context>
    <name>diptych::widgets::TimelineChart</name>
    <message>
        <source>%1 µs</source>
        <translation>%1 微秒</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>Starts, step by step</source>
        <translation>逐步的启动过程</translation>
    </message>
    <message>
        <source>Instance</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Begins</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>total</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>from %1 to %2 after the click</source>
        <translation>点击后 %1 至 %2</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>复制为文本</translation>
    </message>
    <message>
        <source>%1 …</source>
        <translation>%1…</translation>
    </message>
    <message>
        <source>×%1</source>
        <translation>×%1</translation>
    </message>
</context>
<context>
    <name>diptych::widgets::VncFeed</name>
    <message>
        <source>The display did not answer as a VNC server does.</source>
        <translation>显示的应答不像 VNC 服务器。</translation>
    </message>
</context>
</TS>
